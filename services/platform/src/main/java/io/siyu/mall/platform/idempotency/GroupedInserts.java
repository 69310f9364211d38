package io.siyu.mall.platform.idempotency;

import com.google.protobuf.Message;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.lane.Lane;
import io.siyu.mall.platform.outbox.Outbox;
import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.siyu.mall.platform.sql.NewRows;
import io.siyu.mall.platform.sql.NewRows.Into;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.time.SecurityTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Writes what requests insert, those of the same moment in one transaction: one statement per table
 * and one commit for all of them. Each is answered after the commit.
 */
@ApplicationScoped
class GroupedInserts {

  /** At some 5 KB a request far below what the server takes in a statement. */
  private static final int LARGEST_GROUP = 64;

  private static final int DEADLOCK_RETRIES = 3;

  private static final Into STORED_REQUEST =
      Into.of(
          "stored_request",
          "caller",
          "method",
          "request_id",
          "body_hash",
          "response",
          "created_at",
          "expires_at");

  private final Pool pool;
  private final Outbox outbox;
  private final Lane<Entry, Void> lane;
  private final Duration keep;

  GroupedInserts(
      Pool pool,
      Outbox outbox,
      Vertx vertx,
      @ConfigProperty(name = "mall.idempotency.keep", defaultValue = "P7D") Duration keep) {
    this.keep = keep;
    this.pool = pool;
    this.outbox = outbox;
    this.lane = new Lane<>(vertx, LARGEST_GROUP, this::write);
  }

  private record Entry(RequestKey key, Inserts<?> inserts) {}

  /** Writes them with the stored response; on the caller's context once they are committed. */
  <R extends Message> Uni<R> write(RequestKey key, Inserts<R> inserts) {
    return lane.add(new Entry(key, inserts)).replaceWith(inserts.response());
  }

  private Uni<List<Void>> write(List<Entry> group) {
    NewRows rows = new NewRows();
    List<OutgoingEvent> events = new ArrayList<>();
    for (Entry entry : group) {
      rows.addAll(entry.inserts.rows());
      events.addAll(entry.inserts.events());
    }
    group.forEach(entry -> store(rows, entry));
    return pool.withTransaction(
            connection -> {
              SqlTransaction tx = SqlTransaction.of(connection);
              return rows.insert(tx).chain(() -> outbox.add(tx, events));
            })
        .onFailure(DatabaseErrors::isDeadlock)
        .retry()
        .atMost(DEADLOCK_RETRIES)
        .replaceWith(Collections.nCopies(group.size(), null));
  }

  private void store(NewRows rows, Entry entry) {
    RequestKey key = entry.key;
    Instant now = SecurityTime.now();
    rows.add(
        STORED_REQUEST,
        key.caller(),
        key.method(),
        key.requestId(),
        key.bodyHash(),
        entry.inserts.response().toByteArray(),
        now,
        now.plus(keep));
  }
}
