package io.siyu.mall.order.payment;

import io.siyu.mall.platform.state.Transitions;

/** Where a refund stands. It never ends unpaid: a failed one is sent again under its number. */
public enum RefundState {
  REQUESTED,
  /** The provider has it. */
  SUBMITTED,
  SUCCEEDED,
  FAILED;

  public static final Transitions<RefundState> TABLE =
      Transitions.of(RefundState.class)
          .from(REQUESTED)
          .to(SUBMITTED, FAILED)
          .from(SUBMITTED)
          .to(SUCCEEDED, FAILED)
          .from(FAILED)
          .to(SUBMITTED)
          .build();
}
