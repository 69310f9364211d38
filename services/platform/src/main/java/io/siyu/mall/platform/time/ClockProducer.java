package io.siyu.mall.platform.time;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The business clock of production: the machine's, in UTC. */
@ApplicationScoped
public class ClockProducer {

  /** What DATETIME(6) can hold; an instant read back equals the one that was stored. */
  static final Duration PRECISION = Duration.ofNanos(1_000);

  @Produces
  @Singleton
  @DefaultBean
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), PRECISION);
  }
}
