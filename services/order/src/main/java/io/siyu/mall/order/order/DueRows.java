package io.siyu.mall.order.order;

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

/**
 * Rows whose {@code due_at} has come, handed to one replica each: a claim skips what others are
 * claiming and moves due_at to the end of a lease, so that a row whose worker died comes again.
 */
@ApplicationScoped
public class DueRows {

  private static final Logger LOG = Logger.getLogger(DueRows.class);
  private static final int BATCH = 50;
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final Pool pool;
  private final Clock clock;

  DueRows(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * Works off what is due, one after the other. A failure is logged and the row comes again after
   * its lease.
   *
   * @param table trusted text
   * @param condition more conditions on it, trusted text
   */
  public Uni<Void> work(String table, String condition, Function<UUID, Uni<Void>> work) {
    return claim(table, condition)
        .chain(
            ids ->
                Multi.createFrom()
                    .iterable(ids)
                    .onItem()
                    .transformToUniAndConcatenate(
                        id ->
                            work.apply(id)
                                .onFailure()
                                .recoverWithItem(
                                    failure -> {
                                      LOG.warnf("%s %s waits: %s", table, id, failure.toString());
                                      return null;
                                    }))
                    .collect()
                    .asList()
                    .replaceWithVoid());
  }

  private Uni<List<UUID>> claim(String table, String condition) {
    Instant now = clock.instant();
    return pool.withTransaction(
        connection -> {
          SqlTransaction sql = SqlTransaction.of(connection);
          return sql.select(
                  "SELECT id FROM "
                      + table
                      + " WHERE due_at <= ? AND "
                      + condition
                      + " ORDER BY due_at LIMIT "
                      + BATCH
                      + " FOR UPDATE SKIP LOCKED",
                  now)
              .map(rows -> rows.stream().map(row -> row.uuid(0)).toList())
              .call(
                  ids -> ids.isEmpty() ? Uni.createFrom().voidItem() : lease(sql, table, ids, now));
        });
  }

  private static Uni<Integer> lease(SqlTransaction sql, String table, List<UUID> ids, Instant now) {
    List<Object> params = new ArrayList<>(List.of(now.plus(LEASE)));
    params.addAll(ids);
    return sql.execute(
        "UPDATE " + table + " SET due_at = ? WHERE id IN (" + Scope.marks(ids.size()) + ")",
        params.toArray());
  }
}
