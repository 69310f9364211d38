package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.state.Transitions;

/** Where the pieces held for an order stand. */
public enum ReservationState {
  /** Held for the order; nobody else can buy the pieces. */
  HELD,
  /** Paid: the pieces are sold. */
  COMMITTED,
  /** Given back, because the order was cancelled or never came to be. */
  RELEASED,
  /**
   * Given back, because no order followed in time. An order that turns up after all takes again.
   */
  EXPIRED;

  /** What may follow what. */
  public static final Transitions<ReservationState> TABLE =
      Transitions.of(ReservationState.class)
          .from(HELD)
          .to(COMMITTED, RELEASED, EXPIRED)
          .from(EXPIRED)
          .to(HELD, RELEASED)
          .build();
}
