package io.siyu.mall.order.reconciliation;

import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Difference;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Checks every identity over all data, set by set, on one snapshot. It changes nothing. */
@ApplicationScoped
public class Reconciliation {

  private static final int MAX_DIFFERENCES = 100;

  private final Pool pool;

  Reconciliation(Pool pool) {
    this.pool = pool;
  }

  /** One check per identity, in a fixed order. */
  public Uni<List<Check>> run() {
    return pool.withTransaction(
        connection -> {
          SqlTransaction sql = SqlTransaction.of(connection);
          return Multi.createFrom()
              .iterable(Identities.ALL)
              .onItem()
              .transformToUniAndConcatenate(identity -> check(sql, identity))
              .collect()
              .asList();
        });
  }

  private static Uni<Check> check(SqlTransaction sql, Identity identity) {
    Check.Builder check = Check.newBuilder().setName(identity.name());
    return sql.select(identity.compared())
        .invoke(rows -> check.setCompared(rows.get(0).number(0)))
        .chain(
            () ->
                sql.select(
                    "SELECT COUNT(*), COALESCE(SUM(ABS(e - a)), 0) FROM ("
                        + identity.differences()
                        + ") d"))
        .chain(
            rows -> {
              check.setDifferenceCount(rows.get(0).number(0));
              check.setDifferenceAmount(rows.get(0).number(1));
              return rows.get(0).number(0) == 0
                  ? Uni.createFrom().item(List.<SqlRow>of())
                  : sql.select(identity.differences() + " LIMIT " + MAX_DIFFERENCES);
            })
        .map(
            rows -> {
              rows.forEach(row -> check.addDifferences(difference(identity, row)));
              return check.build();
            });
  }

  private static Difference difference(Identity identity, SqlRow row) {
    return Difference.newBuilder()
        .setKey(row.text(0))
        .setExpected(Long.toString(row.number(1)))
        .setActual(Long.toString(row.number(2)))
        .setMessage(identity.message())
        .build();
  }
}
