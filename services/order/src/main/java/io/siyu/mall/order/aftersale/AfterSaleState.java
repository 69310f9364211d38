package io.siyu.mall.order.aftersale;

import io.siyu.mall.platform.state.Transitions;

/** Where an after-sale case stands. */
public enum AfterSaleState {
  APPLIED,
  /** The goods may come back. */
  APPROVED,
  RETURNING,
  RETURN_RECEIVED,
  /** The money is on its way; nothing turns back from here. */
  REFUNDING,
  COMPLETED,
  REJECTED,
  /** The returned goods were not accepted. */
  REFUSED,
  ARBITRATION,
  CLOSED,
  /** Exchange: the replacement is on its way. */
  RESHIPPED,
  /** By the member. */
  CANCELLED;

  public static final Transitions<AfterSaleState> TABLE =
      Transitions.of(AfterSaleState.class)
          .from(APPLIED)
          .to(APPROVED, REFUNDING, REJECTED, CANCELLED)
          .from(APPROVED)
          .to(RETURNING, CLOSED, CANCELLED)
          .from(RETURNING)
          .to(RETURN_RECEIVED, CANCELLED)
          .from(RETURN_RECEIVED)
          .to(REFUNDING, REFUSED, RESHIPPED)
          .from(REFUNDING)
          .to(COMPLETED)
          .from(REJECTED, REFUSED)
          .to(ARBITRATION, CLOSED, CANCELLED)
          .from(ARBITRATION)
          .to(REFUNDING, CLOSED, CANCELLED)
          .from(RESHIPPED)
          .to(COMPLETED)
          .build();

  /** Whether nothing can happen any more. */
  public boolean ended() {
    return TABLE.isFinal(this);
  }
}
