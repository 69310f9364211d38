package io.siyu.mall.platform.time;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The business clock of the profile {@code local}: the machine's plus an offset kept in a file
 * ({@code mall.clock.file}, one ISO-8601 duration such as {@code PT168H}; no file is no offset), so
 * that a demonstration can let a week pass in all services at once. It does not exist in other
 * builds.
 */
@Singleton
@IfBuildProfile("local")
public class MovableClock extends Clock {

  private static final Logger LOG = Logger.getLogger(MovableClock.class);
  private static final long REREAD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path file;
  private final Clock machine = Clock.tick(Clock.systemUTC(), ClockProducer.PRECISION);
  private volatile Reading reading = new Reading(Duration.ZERO, System.nanoTime() - REREAD_NANOS);

  MovableClock(@ConfigProperty(name = "mall.clock.file") Optional<String> file) {
    this.file = file.map(Path::of).orElse(null);
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(offset());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("business days are BusinessTime.ZONE");
  }

  private Duration offset() {
    Reading last = reading;
    long now = System.nanoTime();
    if (file == null || now - last.at < REREAD_NANOS) {
      return last.offset;
    }
    Reading fresh = new Reading(read(last.offset), now);
    reading = fresh;
    return fresh.offset;
  }

  private Duration read(Duration otherwise) {
    try {
      return Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
    } catch (IOException | DateTimeException e) {
      LOG.warnf("the clock's offset in %s cannot be read: %s", file, e.getMessage());
      return otherwise;
    }
  }

  private record Reading(Duration offset, long at) {}
}
