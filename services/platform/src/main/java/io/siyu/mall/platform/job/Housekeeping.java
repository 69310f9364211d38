package io.siyu.mall.platform.job;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Forgets stored responses whose time is over and event ids that are too old to come again, in
 * small steps that hold no lock for long.
 */
@ApplicationScoped
public class Housekeeping {

  private static final int STEP = 2_000;
  private static final Duration LONGEST = Duration.ofMinutes(9);

  private final Pool pool;
  private final Jobs jobs;
  private final Duration keepEvents;

  Housekeeping(
      Pool pool,
      Jobs jobs,
      @ConfigProperty(name = "mall.inbox.keep", defaultValue = "P90D") Duration keepEvents) {
    this.pool = pool;
    this.jobs = jobs;
    this.keepEvents = keepEvents;
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> onSchedule() {
    return jobs.run("forget-old", LONGEST, this::forgetOld);
  }

  private Uni<Void> forgetOld() {
    return forget("DELETE FROM stored_request WHERE expires_at <= UTC_TIMESTAMP(6) LIMIT 2000")
        .chain(
            () ->
                forget(
                    "DELETE FROM inbox WHERE received_at < DATE_SUB(UTC_TIMESTAMP(6), INTERVAL "
                        + keepEvents.toSeconds()
                        + " SECOND) LIMIT 2000"));
  }

  private Uni<Void> forget(String sql) {
    return Rounds.whileFull(STEP, () -> pool.query(sql).execute().map(rows -> rows.rowCount()))
        .replaceWithVoid();
  }
}
