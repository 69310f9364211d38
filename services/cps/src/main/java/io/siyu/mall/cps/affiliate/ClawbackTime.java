package io.siyu.mall.cps.affiliate;

/** By which of their times claw-backs are asked for. */
public enum ClawbackTime {
  /** When the dispute was raised; never changes. */
  RAISED,
  /** When it was decided. */
  DECIDED,
  /** When it last changed. */
  UPDATED
}
