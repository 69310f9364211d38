package io.siyu.mall.distributor.distributor;

import io.siyu.mall.platform.state.Transitions;

/** Where a distributor stands. */
public enum DistributorState {
  /** Applied with an invite code; nobody has decided yet. */
  APPLIED,
  /** Sells and earns. */
  ACTIVE,
  /** The application was turned down; the member may apply anew. */
  REJECTED,
  /** Earns nothing on new orders and withdraws nothing until resumed. */
  SUSPENDED,
  /** Sells no more; what was earned can still be withdrawn. */
  CLOSED;

  /** The only transitions there are. */
  public static final Transitions<DistributorState> TRANSITIONS =
      Transitions.of(DistributorState.class)
          .from(APPLIED)
          .to(ACTIVE, REJECTED)
          .from(ACTIVE)
          .to(SUSPENDED, CLOSED)
          .from(SUSPENDED)
          .to(ACTIVE, CLOSED)
          .build();
}
