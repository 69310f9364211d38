package io.siyu.mall.platform.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.List;

/** Reads rows, inside of a transaction ({@link SqlTransaction}) or outside of any. */
public interface SqlReader {

  /**
   * Reads rows; parameters are bound as in {@link SqlTransaction}.
   *
   * @return the rows in the order of the statement
   */
  Uni<List<SqlRow>> select(String sql, Object... params);

  /** Reads outside of a transaction, each statement on whichever connection is free. */
  static SqlReader of(Pool pool) {
    return (sql, params) ->
        pool.preparedQuery(sql).execute(SqlParams.tuple(params)).map(SqlRow::all);
  }
}
