package io.siyu.mall.platform.test;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The business clock in tests: the machine's, until a test sets or advances it. Inject it beside
 * the service's {@link Clock}; they are one. Reset it after a test that moved it.
 */
@Singleton
public class TestClock extends Clock {

  private final Clock machine = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  private volatile Instant fixed;
  private volatile Duration offset = Duration.ZERO;

  /** Stands still at the instant from now on. */
  public synchronized void set(Instant instant) {
    fixed = instant;
  }

  /** Lets time pass at once. */
  public synchronized void advance(Duration duration) {
    if (fixed == null) {
      offset = offset.plus(duration);
    } else {
      fixed = fixed.plus(duration);
    }
  }

  /** Is the machine's clock again. */
  public synchronized void reset() {
    fixed = null;
    offset = Duration.ZERO;
  }

  @Override
  public Instant instant() {
    Instant standing = fixed;
    return standing == null ? machine.instant().plus(offset) : standing;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("business days are BusinessTime.ZONE");
  }
}
