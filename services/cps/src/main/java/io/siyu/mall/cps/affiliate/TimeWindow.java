package io.siyu.mall.cps.affiliate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stretch of a platform's time, both ends included. */
public record TimeWindow(Instant from, Instant to) {

  private static final long PARTS = 8;

  public TimeWindow {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a window that ends before it begins");
    }
  }

  /** The time from one instant to another in windows of at most that length, oldest first. */
  public static List<TimeWindow> slices(Instant from, Instant to, Duration longest) {
    List<TimeWindow> windows = new ArrayList<>();
    Instant begin = from;
    while (begin.isBefore(to)) {
      Instant end = begin.plus(longest).isBefore(to) ? begin.plus(longest) : to;
      windows.add(new TimeWindow(begin, end));
      begin = end;
    }
    return windows;
  }

  /**
   * Eight parts, to the second, or fewer if it is short; it must be longer than a second. Not two:
   * all that was read of a window that turns out too full is read again in its parts.
   */
  public List<TimeWindow> parts() {
    long seconds = length().toSeconds();
    if (seconds < 2) {
      throw new IllegalStateException(
          "more orders in a second than the platform can tell: " + from);
    }
    return slices(from, to, Duration.ofSeconds(Math.max(1, -Math.floorDiv(-seconds, PARTS))));
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
