package io.siyu.mall.platform.job;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Forgets stored responses and event ids that are too old to be repeated, in small steps that hold
 * no lock for long.
 */
@ApplicationScoped
public class Housekeeping {

  private static final int STEP = 2_000;
  private static final Duration LONGEST = Duration.ofMinutes(9);

  private final Pool pool;
  private final Jobs jobs;
  private final Duration keepRequests;
  private final Duration keepEvents;

  Housekeeping(
      Pool pool,
      Jobs jobs,
      @ConfigProperty(name = "mall.idempotency.keep", defaultValue = "P7D") Duration keepRequests,
      @ConfigProperty(name = "mall.inbox.keep", defaultValue = "P90D") Duration keepEvents) {
    this.pool = pool;
    this.jobs = jobs;
    this.keepRequests = keepRequests;
    this.keepEvents = keepEvents;
  }

  @Scheduled(
      every = "10m",
      delayed = "5m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> onSchedule() {
    return jobs.run("forget-old", LONGEST, this::forgetOld);
  }

  private Uni<Void> forgetOld() {
    return forget(
            "DELETE FROM stored_request WHERE created_at < DATE_SUB(UTC_TIMESTAMP(6), INTERVAL ?"
                + " SECOND) LIMIT 2000",
            keepRequests)
        .chain(
            () ->
                forget(
                    "DELETE FROM inbox WHERE received_at < DATE_SUB(UTC_TIMESTAMP(6), INTERVAL ?"
                        + " SECOND) LIMIT 2000",
                    keepEvents));
  }

  private Uni<Void> forget(String sql, Duration age) {
    return Rounds.whileFull(
            STEP,
            () ->
                pool.preparedQuery(sql)
                    .execute(Tuple.of(age.toSeconds()))
                    .map(rows -> rows.rowCount()))
        .replaceWithVoid();
  }
}
