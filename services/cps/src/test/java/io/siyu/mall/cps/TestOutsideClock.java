package io.siyu.mall.cps;

import io.quarkus.test.Mock;
import io.siyu.mall.cps.platform.OutsideClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The platforms' time, set by tests. */
@Mock
@ApplicationScoped
public class TestOutsideClock extends OutsideClock {

  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  public void set(Instant instant) {
    now = instant;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
