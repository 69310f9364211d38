package io.siyu.mall.cps.platform;

import io.siyu.mall.platform.time.SecurityTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time on the other side. What is asked of a platform goes by its own time, which nobody here
 * can move; when money may be paid out goes by the business clock like everything else.
 */
@ApplicationScoped
public class OutsideClock {

  /** Now, to the second, as platforms tell times. */
  public Instant instant() {
    return SecurityTime.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
