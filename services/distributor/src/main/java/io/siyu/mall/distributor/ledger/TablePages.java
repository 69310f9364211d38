package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Reads a table of any length by its key: one page in memory, and no chain that grows with it. */
final class TablePages {

  private TablePages() {}

  /**
   * Works through all rows, page by page.
   *
   * @param sql has one parameter, the key that the page begins after, and gives the rows in the
   *     order of their keys, which are the first column
   */
  static Uni<Void> each(SqlReader from, String sql, Function<List<SqlRow>, Uni<Void>> work) {
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new AtomicReference<>(new UUID(0, 0)),
            after ->
                from.select(sql, after.get())
                    .call(
                        rows -> {
                          if (rows.isEmpty()) {
                            return Uni.createFrom().voidItem();
                          }
                          after.set(rows.get(rows.size() - 1).uuid(0));
                          return work.apply(rows);
                        }))
        .whilst(rows -> !rows.isEmpty())
        .collect()
        .last()
        .replaceWithVoid();
  }
}
