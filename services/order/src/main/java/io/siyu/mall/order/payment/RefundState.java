package io.siyu.mall.order.payment;

import io.siyu.mall.platform.state.Transitions;

/** Where a refund stands. It never ends unpaid. */
public enum RefundState {
  REQUESTED,
  /** The provider has it. */
  SUBMITTED,
  SUCCEEDED,
  /** It is sent again by itself, under its number. */
  FAILED,
  /** The provider will not pay it as it is: finance decides. */
  STUCK,
  /** Finance paid it another way, with evidence. */
  PAID_OTHERWISE;

  public static final Transitions<RefundState> TABLE =
      Transitions.of(RefundState.class)
          .from(REQUESTED)
          .to(SUBMITTED, FAILED, STUCK)
          .from(SUBMITTED)
          .to(SUCCEEDED, FAILED, STUCK)
          .from(FAILED)
          .to(SUBMITTED, STUCK)
          .from(STUCK)
          .to(FAILED, SUBMITTED, PAID_OTHERWISE)
          .build();

  /** Whether the member has the money. */
  public boolean paid() {
    return this == SUCCEEDED || this == PAID_OTHERWISE;
  }
}
