package io.siyu.mall.platform.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The transaction that is open, whichever kind it is: lets the outbox, the inbox and the stored
 * responses write together with a Hibernate aggregate or with plain SQL.
 *
 * <p>Parameters are bound by position ({@code ?}); {@code UUID}, {@code byte[]}, {@code Instant},
 * {@code Money} and enums are turned into what the columns hold (BINARY, DATETIME(6) in UTC,
 * BIGINT, VARCHAR).
 */
public interface SqlTransaction extends SqlReader {

  /**
   * Executes one statement.
   *
   * @return the number of rows changed
   */
  Uni<Integer> execute(String sql, Object... params);

  /**
   * Inserts rows.
   *
   * @return the number of rows changed
   */
  Uni<Integer> insert(SqlValues rows);

  /** Runs the action once the transaction has committed; never when it rolled back. */
  void afterCommit(Runnable action);

  /**
   * The transaction of a Hibernate session (from {@code Panache.getSession()}). Pending changes of
   * aggregates are flushed before each statement, so that their row locks come first.
   */
  static SqlTransaction of(Mutiny.Session session) {
    return new SessionTransaction(session);
  }

  /** The transaction of a connection (from {@code Pool.withTransaction}). */
  static SqlTransaction of(SqlConnection connection) {
    return new ConnectionTransaction(connection);
  }
}
