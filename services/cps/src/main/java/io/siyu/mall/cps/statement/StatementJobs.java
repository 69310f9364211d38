package io.siyu.mall.cps.statement;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.platform.OutsideClock;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.time.BusinessTime;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Makes each month's statement once the platform has paid for the month, and those that staff ask
 * for. Each platform has a line of its own.
 */
@ApplicationScoped
public class StatementJobs {

  /** Who started those that nobody asked for. */
  public static final String SCHEDULE = "SCHEDULE";

  private static final Logger LOG = Logger.getLogger(StatementJobs.class);

  /** Reading the orders of a month takes hours at a platform's quota. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private final Platforms platforms;
  private final MakeStatement make;
  private final Statements statements;
  private final SqlReader reader;
  private final Pool pool;
  private final OutsideClock outside;
  private final Clock clock;
  private final Jobs jobs;
  private final Set<Platform> running = ConcurrentHashMap.newKeySet();
  private final Set<Platform> asked = ConcurrentHashMap.newKeySet();

  StatementJobs(
      Platforms platforms,
      MakeStatement make,
      Statements statements,
      SqlReader reader,
      Pool pool,
      OutsideClock outside,
      Clock clock,
      Jobs jobs) {
    this.platforms = platforms;
    this.make = make;
    this.statements = statements;
    this.reader = reader;
    this.pool = pool;
    this.outside = outside;
    this.clock = clock;
    this.jobs = jobs;
  }

  /** Returns at once; the statements are made by themselves. */
  @Scheduled(every = "${mall.cps.statements-every:1h}", delayed = "5m")
  Uni<Void> onSchedule() {
    return jobs.run(
        "queue-cps-statements",
        () ->
            Multi.createFrom()
                .iterable(platforms.all())
                .select()
                .where(AffiliatePlatform::configured)
                .onItem()
                .transformToUniAndConcatenate(
                    platform -> queueLastPaid(platform).invoke(() -> start(platform)))
                .collect()
                .last()
                .replaceWithVoid());
  }

  /** Makes all of a platform that are queued, here or by the run that is at it. Returns at once. */
  void start(AffiliatePlatform platform) {
    asked.add(platform.platform());
    if (running.add(platform.platform())) {
      asked.remove(platform.platform());
      jobs.run(
              "cps-statement-" + platform.platform().name().toLowerCase(Locale.ROOT),
              LONGEST,
              () -> all(platform))
          .onTermination()
          .invoke(() -> ended(platform))
          .subscribe()
          .with(
              done -> LOG.debugf("statements of %s are made", platform.platform()),
              failure -> LOG.errorf(failure, "statements of %s are not made", platform.platform()));
    }
  }

  /** Somebody may have asked for one more after the run had looked for the last time. */
  private void ended(AffiliatePlatform platform) {
    running.remove(platform.platform());
    if (asked.contains(platform.platform())) {
      start(platform);
    }
  }

  /** Makes all of a platform that are queued. */
  Uni<Void> all(AffiliatePlatform platform) {
    return statements
        .unfinished(reader, platform.platform())
        .chain(
            months ->
                Multi.createFrom()
                    .iterable(months)
                    .onItem()
                    .transformToUniAndConcatenate(month -> make.make(platform, month))
                    .collect()
                    .last())
        .replaceWithVoid();
  }

  /** Queues the last month that is paid, if it is not made. */
  Uni<Void> queueLastPaid(AffiliatePlatform platform) {
    return pool.withTransaction(
        connection ->
            queueIfMissing(SqlTransaction.of(connection), platform.platform(), lastPaid(platform)));
  }

  /** One that failed is tried again. */
  private Uni<Void> queueIfMissing(SqlTransaction tx, Platform platform, YearMonth month) {
    Instant now = clock.instant();
    return statements
        .lock(tx, platform, month)
        .chain(
            known -> {
              if (known.isPresent() && known.get().state() != StatementState.FAILED) {
                return Uni.createFrom().voidItem();
              }
              return statements.queue(
                  tx,
                  known
                      .map(one -> one.again(SCHEDULE, now))
                      .orElseGet(() -> Statement.queued(platform, month, SCHEDULE, now)));
            });
  }

  /** By the platform's time: the last month whose payment day has come. */
  private YearMonth lastPaid(AffiliatePlatform platform) {
    Instant now = outside.instant();
    YearMonth month = BusinessTime.month(now).minusMonths(1);
    return platform.payableFrom(Statement.from(month)).isAfter(now) ? month.minusMonths(1) : month;
  }
}
