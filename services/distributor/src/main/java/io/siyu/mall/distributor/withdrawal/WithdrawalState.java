package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.state.Transitions;

/** Where a withdrawal stands. */
public enum WithdrawalState {
  /** The amount has left what is available; finance has not decided. */
  REQUESTED,
  /** Finance agreed; the tax is fixed. */
  APPROVED,
  /**
   * Finance agreed, but the distributor is suspended: goes on by itself once they no longer are.
   */
  HELD,
  /** Given to the provider, or about to be: only the provider's word ends it. */
  PAYING,
  /** The provider says it was transferred. */
  PAID,
  /** The provider says it was not, and will not be; the money is back. */
  FAILED,
  /** Finance declined; the money is back. */
  REJECTED;

  /** The only transitions there are. */
  public static final Transitions<WithdrawalState> TRANSITIONS =
      Transitions.of(WithdrawalState.class)
          .from(REQUESTED)
          .to(APPROVED, HELD, REJECTED)
          .from(HELD)
          .to(APPROVED, REQUESTED, REJECTED)
          .from(APPROVED)
          .to(PAYING, HELD)
          .from(PAYING)
          .to(PAID, FAILED)
          .build();
}
