package io.siyu.mall.order.order;

import io.siyu.mall.platform.state.Transitions;

/** Where a trade stands: it waits for its one payment, has it, or never gets it. */
public enum TradeState {
  PENDING_PAYMENT,
  PAID,
  CANCELLED;

  public static final Transitions<TradeState> TABLE =
      Transitions.of(TradeState.class).from(PENDING_PAYMENT).to(PAID, CANCELLED).build();
}
