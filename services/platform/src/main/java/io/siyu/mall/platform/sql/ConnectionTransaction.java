package io.siyu.mall.platform.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.util.List;

/** A transaction of the SQL client. */
final class ConnectionTransaction implements SqlTransaction {

  private final SqlConnection connection;

  ConnectionTransaction(SqlConnection connection) {
    this.connection = connection;
  }

  @Override
  public Uni<Integer> execute(String sql, Object... params) {
    return connection
        .preparedQuery(sql)
        .execute(SqlParams.tuple(params))
        .map(rows -> rows.rowCount());
  }

  @Override
  public Uni<List<SqlRow>> select(String sql, Object... params) {
    return connection.preparedQuery(sql).execute(SqlParams.tuple(params)).map(SqlRow::all);
  }

  @Override
  public Uni<Integer> insert(SqlValues rows) {
    return rows.size() == 0
        ? Uni.createFrom().item(0)
        : connection.query(rows.sql()).execute().map(inserted -> inserted.rowCount());
  }

  @Override
  public void afterCommit(Runnable action) {
    Transaction transaction = connection.getDelegate().transaction();
    if (transaction == null) {
      throw new IllegalStateException("no transaction is open on this connection");
    }
    transaction.completion().onSuccess(done -> action.run());
  }
}
