package io.siyu.mall.platform.sql;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.action.spi.AfterTransactionCompletionProcess;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.session.ReactiveSession;

/** The transaction of a Hibernate session. */
final class SessionTransaction implements SqlTransaction {

  private final Mutiny.Session session;
  private final ReactiveSession reactive;

  SessionTransaction(Mutiny.Session session) {
    this.session = session;
    // The session's own connection: a native query would be parsed as HQL is and flushes anyway.
    this.reactive =
        ((org.hibernate.reactive.mutiny.impl.MutinySessionImpl) session)
            .unwrap(ReactiveSession.class);
  }

  @Override
  public Uni<Integer> execute(String sql, Object... params) {
    return session
        .flush()
        .chain(
            () ->
                Uni.createFrom()
                    .completionStage(
                        () ->
                            reactive.getReactiveConnection().update(sql, SqlParams.bind(params))));
  }

  @Override
  public Uni<List<SqlRow>> select(String sql, Object... params) {
    return session
        .flush()
        .chain(
            () ->
                Uni.createFrom()
                    .completionStage(
                        () -> reactive.getReactiveConnection().select(sql, SqlParams.bind(params))))
        .map(
            result -> {
              List<SqlRow> read = new ArrayList<>(result.size());
              result.forEachRemaining(values -> read.add(new SqlRow(values)));
              return read;
            });
  }

  @Override
  public Uni<Integer> insert(SqlValues rows) {
    return rows.size() == 0
        ? Uni.createFrom().item(0)
        : session
            .flush()
            .chain(
                () ->
                    Uni.createFrom()
                        .completionStage(
                            () -> reactive.getReactiveConnection().executeUnprepared(rows.sql())))
            .replaceWith(rows.size());
  }

  @Override
  public void afterCommit(Runnable action) {
    AfterTransactionCompletionProcess process =
        (committed, any) -> {
          if (committed) {
            action.run();
          }
        };
    reactive.getReactiveActionQueue().registerProcess(process);
  }
}
