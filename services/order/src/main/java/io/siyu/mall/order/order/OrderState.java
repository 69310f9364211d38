package io.siyu.mall.order.order;

import io.siyu.mall.platform.state.Transitions;

/** Where an order stands. */
public enum OrderState {
  PENDING_PAYMENT,
  PAID,
  PARTIALLY_SHIPPED,
  SHIPPED,
  RECEIVED,
  /** The after-sale window is over; only staff can still refund, out of goodwill. */
  COMPLETED,
  CANCELLED,
  /** Every line was refunded. */
  CLOSED;

  public static final Transitions<OrderState> TABLE =
      Transitions.of(OrderState.class)
          .from(PENDING_PAYMENT)
          .to(PAID, CANCELLED)
          .from(PAID)
          .to(PARTIALLY_SHIPPED, SHIPPED, CLOSED)
          .from(PARTIALLY_SHIPPED)
          .to(SHIPPED, CLOSED)
          .from(SHIPPED)
          .to(RECEIVED, CLOSED)
          .from(RECEIVED)
          .to(COMPLETED, CLOSED)
          .build();
}
