package io.siyu.mall.membership.growth;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.job.Rounds;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Looks at levels whose period is over: they fall to what the growth value reaches, or go on. */
@ApplicationScoped
public class LevelReview {

  private static final Logger LOG = Logger.getLogger(LevelReview.class);
  private static final int BATCH = 200;

  /** All members at once, should it come to that, one short transaction after the other. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Pool pool;
  private final Jobs jobs;
  private final SqlGrowthAccounts accounts;
  private final RecordGrowth growth;
  private final Clock clock;

  @Inject
  LevelReview(Pool pool, Jobs jobs, SqlGrowthAccounts accounts, RecordGrowth growth, Clock clock) {
    this.pool = pool;
    this.jobs = jobs;
    this.accounts = accounts;
    this.growth = growth;
    this.clock = clock;
  }

  @Scheduled(
      every = "${mall.membership.level-review-every:30s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> onSchedule() {
    return jobs.run("level-review", LONGEST, this::reviewDue)
        .invoke(
            count -> {
              if (count > 0) {
                LOG.infof("levels reviewed: %d", count);
              }
            })
        .replaceWithVoid();
  }

  /**
   * Reviews everything that is due now, one short transaction per member.
   *
   * @return how many were reviewed
   */
  public Uni<Integer> reviewDue() {
    return Rounds.whileFull(BATCH, this::reviewSome);
  }

  private Uni<Integer> reviewSome() {
    return due()
        .flatMap(
            members ->
                Multi.createFrom()
                    .iterable(members)
                    .onItem()
                    .transformToUniAndConcatenate(this::review)
                    .collect()
                    .asList()
                    .map(List::size));
  }

  private Uni<List<UUID>> due() {
    return pool.withConnection(
        connection ->
            SqlTransaction.of(connection)
                .select(
                    "SELECT member_id FROM growth_accounts WHERE valid_until <= ?"
                        + " ORDER BY valid_until LIMIT "
                        + BATCH,
                    clock.instant())
                .map(rows -> rows.stream().map(row -> row.uuid(0)).toList()));
  }

  private Uni<Boolean> review(UUID memberId) {
    return pool.withTransaction(
        connection -> {
          SqlTransaction tx = SqlTransaction.of(connection);
          return accounts
              .lock(tx, memberId)
              .flatMap(
                  found ->
                      found
                          .map(account -> growth.evaluate(tx, account).replaceWith(true))
                          .orElseGet(() -> Uni.createFrom().item(false)));
        });
  }
}
