package io.siyu.mall.cps.claim;

import io.siyu.mall.platform.state.Transitions;

/** A distributor's claim on an order that nobody is credited with. */
public enum ClaimState {
  OPEN,
  ACCEPTED,
  REJECTED;

  public static final Transitions<ClaimState> TABLE =
      Transitions.of(ClaimState.class).from(OPEN).to(ACCEPTED, REJECTED).build();
}
