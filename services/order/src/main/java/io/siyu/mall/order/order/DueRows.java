package io.siyu.mall.order.order;

import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Rows whose {@code due_at} has come, for jobs of which several replicas run at once. */
@ApplicationScoped
public class DueRows {

  private static final Logger LOG = Logger.getLogger(DueRows.class);
  private static final int BATCH = 50;
  private static final Duration LEASE = Duration.ofSeconds(60);

  /** Of a round in which everything takes as long as it may, which is a lease each. */
  public static final Duration LONGEST_ROUND = LEASE.multipliedBy(BATCH + 1);

  private final Pool pool;
  private final Clock clock;
  private final Jobs jobs;

  DueRows(Pool pool, Clock clock, Jobs jobs) {
    this.pool = pool;
    this.clock = clock;
    this.jobs = jobs;
  }

  /**
   * Works off what is due, for work that asks others: each row goes to one replica. A claim skips
   * what others are claiming and moves due_at to the end of a lease, so that a row whose worker
   * failed or died comes again.
   *
   * @param table trusted text
   * @param condition more conditions on it, trusted text
   */
  public Uni<Void> lease(String table, String condition, Function<UUID, Uni<Void>> work) {
    Instant now = clock.instant();
    return bounded(
            pool.withTransaction(
                connection -> {
                  SqlTransaction sql = SqlTransaction.of(connection);
                  return sql.select(due(table, condition) + " FOR UPDATE SKIP LOCKED", now)
                      .map(DueRows::ids)
                      .call(ids -> extend(sql, table, ids, now));
                }))
        .chain(ids -> each(table, ids, work));
  }

  /**
   * Works off what is due, for work that is one transaction of ours: it checks under its own lock
   * that the row is still due, so it does not matter how many try.
   *
   * @param table trusted text
   * @param condition more conditions on it, trusted text
   */
  public Uni<Void> offer(String table, String condition, Function<UUID, Uni<Void>> work) {
    Instant now = clock.instant();
    return bounded(
            pool.withConnection(c -> SqlTransaction.of(c).select(due(table, condition), now)))
        .map(DueRows::ids)
        .chain(ids -> each(table, ids, work));
  }

  /**
   * A failure is logged, and the row comes again; so does one that is not done when its lease ends.
   * Each has a context of its own, as a session that was left open would be the next one's too.
   */
  private Uni<Void> each(String table, List<UUID> ids, Function<UUID, Uni<Void>> work) {
    return Multi.createFrom()
        .iterable(ids)
        .onItem()
        .transformToUniAndConcatenate(
            id ->
                jobs.run("due-" + table, LEASE, () -> work.apply(id))
                    .onFailure()
                    .recoverWithItem(
                        failure -> {
                          LOG.warnf("%s %s waits: %s", table, id, failure.toString());
                          return null;
                        }))
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private static <T> Uni<T> bounded(Uni<T> step) {
    return step.ifNoItem().after(LEASE).fail();
  }

  private static String due(String table, String condition) {
    return "SELECT id FROM "
        + table
        + " WHERE due_at <= ? AND "
        + condition
        + " ORDER BY due_at LIMIT "
        + BATCH;
  }

  private static List<UUID> ids(List<SqlRow> rows) {
    return rows.stream().map(row -> row.uuid(0)).toList();
  }

  private static Uni<Integer> extend(
      SqlTransaction sql, String table, List<UUID> ids, Instant now) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(0);
    }
    List<Object> params = new ArrayList<>(List.of(now.plus(LEASE)));
    params.addAll(ids);
    return sql.execute(
        "UPDATE " + table + " SET due_at = ? WHERE id IN (" + Scope.marks(ids.size()) + ")",
        params.toArray());
  }
}
