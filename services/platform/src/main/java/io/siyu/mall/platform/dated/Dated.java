package io.siyu.mall.platform.dated;

import java.time.Instant;

/** One version of something that is in force by date; it never changes once it is written. */
public interface Dated {

  /** Grows with every version of the same thing. */
  long version();

  /** The first instant that it may be in force. */
  Instant effectiveFrom();

  /** The first instant that it is over; null: only when a newer version begins. */
  default Instant effectiveUntil() {
    return null;
  }
}
