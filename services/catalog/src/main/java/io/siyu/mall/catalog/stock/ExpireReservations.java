package io.siyu.mall.catalog.stock;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.job.Rounds;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Gives back what was held for orders that never came. Replicas share the work: rows that one has
 * locked are skipped by the others.
 */
@ApplicationScoped
public class ExpireReservations {

  private static final int BATCH = 100;
  private static final int RETRIES = 3;
  private static final String BY = "SERVICE:catalog";

  private final StockCommands commands;
  private final Pool pool;
  private final Jobs jobs;

  ExpireReservations(StockCommands commands, Pool pool, Jobs jobs) {
    this.commands = commands;
    this.pool = pool;
    this.jobs = jobs;
  }

  @Scheduled(
      identity = "expire-reservations",
      every = "${mall.stock.expire-every:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> scheduled() {
    return jobs.run("expire-reservations", this::run).replaceWithVoid();
  }

  /**
   * Ends every hold whose time is over, a batch per transaction.
   *
   * @return how many there were
   */
  public Uni<Integer> run() {
    return Rounds.whileFull(BATCH, this::expireSome);
  }

  private Uni<Integer> expireSome() {
    return pool.withTransaction(
            connection -> commands.expireDue(SqlTransaction.of(connection), BATCH, BY))
        .onFailure(DatabaseErrors::isDeadlock)
        .retry()
        .atMost(RETRIES);
  }
}
