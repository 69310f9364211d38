package io.siyu.mall.order.payment;

import io.siyu.mall.platform.state.Transitions;

/** Where one attempt to pay a trade stands. */
public enum PaymentState {
  /** Known here, perhaps not yet at the provider. */
  CREATED,
  /** The provider waits for the member. */
  PREPAID,
  SUCCEEDED,
  /**
   * Nobody can pay it any more. Should the provider still report a success, it is recorded, kept
   * away from the trade and refunded: hence the way from here to SUCCEEDED.
   */
  CLOSED;

  public static final Transitions<PaymentState> TABLE =
      Transitions.of(PaymentState.class)
          .from(CREATED)
          .to(PREPAID, CLOSED)
          .from(PREPAID)
          .to(SUCCEEDED, CLOSED)
          .from(CLOSED)
          .to(SUCCEEDED)
          .build();
}
