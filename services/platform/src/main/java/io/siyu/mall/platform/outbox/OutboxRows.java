package io.siyu.mall.platform.outbox;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.proto.common.v1.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * The outbox table as the relay sees it. Only the oldest row of an aggregate (per subscriber) can
 * be claimed, whoever holds it: so no replica ever overtakes another one, and a batch has one event
 * per aggregate. Taken rows are deleted: the table stays as small as the backlog, which keeps the
 * claim cheap; who wants to know what was sent asks the subscriber's inbox.
 */
@ApplicationScoped
class OutboxRows {

  private static final String COLUMNS =
      "id, attempts, event_id, type, aggregate_type, aggregate_id, sequence_no, occurred_at,"
          + " payload";

  private static final String CLAIMABLE =
      "SELECT "
          + COLUMNS
          + " FROM outbox o WHERE subscriber = ? AND next_attempt_at <= UTC_TIMESTAMP(6)"
          + " AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.subscriber = o.subscriber"
          + " AND e.aggregate_type = o.aggregate_type AND e.aggregate_id = o.aggregate_id"
          + " AND e.sequence_no < o.sequence_no)"
          + " ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED";

  private static final int MAX_ERROR = 1_000;

  private final Pool pool;
  private final OutboxConfig config;

  OutboxRows(Pool pool, OutboxConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /** Claims what is due for the subscriber, oldest first, for the time of the lease. */
  Uni<List<ClaimedEvent>> claim(String subscriber) {
    return pool.withConnection(
        connection ->
            // Without gap locks: a claim must not hold up those who add events.
            connection
                .query("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
                .execute()
                .chain(connection::begin)
                .chain(
                    tx ->
                        claim(connection, subscriber)
                            .call(tx::commit)
                            .onFailure()
                            .call(failure -> tx.rollback().onFailure().recoverWithNull())));
  }

  private Uni<List<ClaimedEvent>> claim(SqlConnection connection, String subscriber) {
    return connection
        .preparedQuery(CLAIMABLE)
        .execute(Tuple.of(subscriber, config.batchSize()))
        .map(OutboxRows::read)
        .call(claimed -> lease(connection, claimed));
  }

  private Uni<?> lease(SqlConnection connection, List<ClaimedEvent> claimed) {
    if (claimed.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Object> params = new ArrayList<>();
    params.add(micros(config.lease()));
    claimed.forEach(row -> params.add(row.rowId()));
    return connection
        .preparedQuery(
            "UPDATE outbox SET attempts = attempts + 1, next_attempt_at ="
                + " DATE_ADD(UTC_TIMESTAMP(6), INTERVAL ? MICROSECOND) WHERE id IN "
                + placeholders(claimed.size()))
        .execute(SqlParams.tuple(params.toArray()));
  }

  /** The subscriber has these: they are done. */
  Uni<Void> delete(List<ClaimedEvent> taken) {
    if (taken.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return execute(
        "DELETE FROM outbox WHERE id IN " + placeholders(taken.size()),
        taken.stream().map(ClaimedEvent::rowId).toArray());
  }

  /** Tries again after a pause. */
  Uni<Void> retry(ClaimedEvent row, Duration pause, String error) {
    return execute(
        "UPDATE outbox SET next_attempt_at = DATE_ADD(UTC_TIMESTAMP(6), INTERVAL ? MICROSECOND),"
            + " last_error = ? WHERE id = ? AND attempts = ?",
        micros(pause),
        cut(error),
        row.rowId(),
        row.attempts());
  }

  /** Waits for somebody to look at it; its aggregate's later events wait behind it. */
  Uni<Void> park(ClaimedEvent row, String error) {
    return execute(
        "UPDATE outbox SET next_attempt_at = NULL, parked_at = UTC_TIMESTAMP(6), last_error = ?"
            + " WHERE id = ? AND attempts = ?",
        cut(error),
        row.rowId(),
        row.attempts());
  }

  /** The subscriber was not reached: gives the claim back, as if it had never been made. */
  Uni<Void> release(List<ClaimedEvent> rows) {
    return execute(
        "UPDATE outbox SET attempts = attempts - 1, next_attempt_at = UTC_TIMESTAMP(6) WHERE"
            + " attempts > 0 AND id IN "
            + placeholders(rows.size()),
        rows.stream().map(ClaimedEvent::rowId).toArray());
  }

  private Uni<Void> execute(String sql, Object... params) {
    return pool.preparedQuery(sql).execute(SqlParams.tuple(params)).replaceWithVoid();
  }

  private static List<ClaimedEvent> read(RowSet<Row> rows) {
    List<ClaimedEvent> claimed = new ArrayList<>();
    for (Row row : rows) {
      claimed.add(
          new ClaimedEvent(
              Ids.uuid(row.get(Buffer.class, "id")), row.getInteger("attempts") + 1, event(row)));
    }
    return claimed;
  }

  /** The event in a row that has the columns of the table. */
  static Event event(Row row) {
    UUID eventId = Ids.uuid(row.get(Buffer.class, "event_id"));
    String type = row.getString("type");
    return Event.newBuilder()
        .setEventId(eventId.toString())
        .setType(type)
        .setAggregateType(row.getString("aggregate_type"))
        .setAggregateId(row.getString("aggregate_id"))
        .setSequence(row.getLong("sequence_no"))
        .setOccurredAt(ProtoTime.to(SqlParams.instant(row.getLocalDateTime("occurred_at"))))
        .setPayload(
            Any.newBuilder()
                .setTypeUrl("type.googleapis.com/" + type)
                .setValue(ByteString.copyFrom(row.get(Buffer.class, "payload").getBytes())))
        .build();
  }

  static String placeholders(int count) {
    return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  private static String cut(String error) {
    return error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR);
  }
}
