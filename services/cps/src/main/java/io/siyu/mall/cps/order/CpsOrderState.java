package io.siyu.mall.cps.order;

import io.siyu.mall.platform.state.Transitions;

/**
 * What has become of an outside order. The constants stand in the order of finality: of two things
 * that a platform says the later one here holds, whichever was heard first. So a platform may take
 * back that an order is invalid by settling it, and nothing takes back a settlement but a
 * claw-back; an order is settled again when all of these were refused.
 */
public enum CpsOrderState {
  /** The buyer has paid. */
  PAID,
  /** The buyer has the goods. */
  RECEIVED,
  /** Cancelled, refunded before settling, or against the platform's rules: earns nothing. */
  INVALID,
  /** The platform owes us the commission. */
  SETTLED,
  /** The platform took back some or all of a settled commission. */
  CLAWED_BACK;

  public static final Transitions<CpsOrderState> TABLE =
      Transitions.of(CpsOrderState.class)
          .from(PAID)
          .to(RECEIVED, INVALID, SETTLED, CLAWED_BACK)
          .from(RECEIVED)
          .to(INVALID, SETTLED, CLAWED_BACK)
          .from(INVALID)
          .to(SETTLED, CLAWED_BACK)
          .from(SETTLED)
          .to(CLAWED_BACK)
          .from(CLAWED_BACK)
          .to(SETTLED)
          .build();

  /** Whether the platform owes, or owed, the commission. */
  public boolean isSettled() {
    return this == SETTLED || this == CLAWED_BACK;
  }

  /** Whether something more is to be expected from the platform before it settles. */
  public boolean isOpen() {
    return this == PAID || this == RECEIVED;
  }
}
