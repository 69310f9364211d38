package io.siyu.mall.cps.affiliate;

/** What platforms are asked for again and again; each has a watermark of its own. */
public enum Question {
  /** Orders by when they were made. */
  CREATED,
  /** Orders by when they were settled. */
  SETTLED,
  /** Orders by when they last changed. */
  UPDATED,
  /** What is taken back of settled commissions, by when that last changed. */
  CLAWBACKS
}
