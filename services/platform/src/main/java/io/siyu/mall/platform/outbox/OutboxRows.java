package io.siyu.mall.platform.outbox;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.text.Excerpt;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The outbox table as the relay sees it. Only the oldest row of an aggregate (per subscriber) can
 * be claimed, whoever holds it: so no replica ever overtakes another one, and a batch has one event
 * per aggregate. A claim is a plain read followed by one guarded update, two round trips and no
 * locking read: with {@code FOR UPDATE SKIP LOCKED} the claims for two subscribers skip each
 * other's rows whenever the optimizer scans, and a wake then finds nothing.
 *
 * <p>Taken rows are deleted: the table stays as small as the backlog, which keeps the claim cheap;
 * who wants to know what was sent asks the subscriber's inbox.
 */
@ApplicationScoped
public class OutboxRows {

  private static final String COLUMNS =
      "id, attempts, event_id, type, aggregate_type, aggregate_id, sequence_no, occurred_at,"
          + " payload";

  // The indexes are named: by the statistics of a table that is empty most of the time any other
  // one
  // seems as good, and a backlog of thousands is then read once for each of its rows.
  static final String DUE =
      "SELECT "
          + COLUMNS
          + " FROM outbox o FORCE INDEX (outbox_due)"
          + " WHERE subscriber = ? AND next_attempt_at <= UTC_TIMESTAMP(6)"
          + " AND NOT EXISTS (SELECT 1 FROM outbox e FORCE INDEX (outbox_order)"
          + " WHERE e.subscriber = o.subscriber"
          + " AND e.aggregate_type = o.aggregate_type AND e.aggregate_id = o.aggregate_id"
          + " AND e.sequence_no < o.sequence_no)"
          + " ORDER BY next_attempt_at LIMIT ?";

  private static final String LATER = "DATE_ADD(UTC_TIMESTAMP(6), INTERVAL ? MICROSECOND)";

  private static final int MAX_ERROR = 1_000;

  private final Pool pool;
  private final OutboxConfig config;

  OutboxRows(Pool pool, OutboxConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /** Claims what is due for the subscriber, oldest first, for the time of the lease. */
  Uni<List<ClaimedEvent>> claim(String subscriber) {
    UUID claim = Ids.next();
    return pool.preparedQuery(DUE)
        .execute(Tuple.of(subscriber, config.batchSize()))
        .map(rows -> read(rows, claim))
        .chain(due -> due.isEmpty() ? Uni.createFrom().item(due) : lease(claim, due));
  }

  /** Of what is due, what nobody else has claimed in the meantime. */
  private Uni<List<ClaimedEvent>> lease(UUID claim, List<ClaimedEvent> due) {
    List<Object> params = new ArrayList<>(List.of(claim, micros(config.lease())));
    due.forEach(row -> params.add(row.rowId()));
    return pool.preparedQuery(
            "UPDATE outbox SET attempts = attempts + 1, claimed_by = ?, next_attempt_at = "
                + LATER
                + " WHERE next_attempt_at <= UTC_TIMESTAMP(6) AND id IN "
                + placeholders(due.size()))
        .execute(SqlParams.tuple(params.toArray()))
        .chain(
            updated ->
                updated.rowCount() == due.size() ? Uni.createFrom().item(due) : mine(claim, due));
  }

  private Uni<List<ClaimedEvent>> mine(UUID claim, List<ClaimedEvent> due) {
    List<Object> params = new ArrayList<>(List.of(claim));
    due.forEach(row -> params.add(row.rowId()));
    return pool.preparedQuery(
            "SELECT id FROM outbox WHERE claimed_by = ? AND id IN " + placeholders(due.size()))
        .execute(SqlParams.tuple(params.toArray()))
        .map(
            rows -> {
              Set<UUID> ids = new HashSet<>();
              rows.forEach(row -> ids.add(Ids.uuid(row.get(Buffer.class, 0))));
              return due.stream().filter(row -> ids.contains(row.rowId())).toList();
            });
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
        "UPDATE outbox SET next_attempt_at = "
            + LATER
            + ", last_error = ? WHERE id = ? AND claimed_by = ?",
        micros(pause),
        cut(error),
        row.rowId(),
        row.claim());
  }

  /** Waits for somebody to look at it; its aggregate's later events wait behind it. */
  Uni<Void> park(ClaimedEvent row, String error) {
    return execute(
        "UPDATE outbox SET next_attempt_at = NULL, parked_at = UTC_TIMESTAMP(6), last_error = ?"
            + " WHERE id = ? AND claimed_by = ?",
        cut(error),
        row.rowId(),
        row.claim());
  }

  /**
   * The subscriber was not reached: gives the claim back, as if it had never been made. The rows go
   * back to their place by age, before those that wait behind them.
   */
  Uni<Void> release(List<ClaimedEvent> rows) {
    List<Object> params = new ArrayList<>(List.of(rows.get(0).claim()));
    rows.forEach(row -> params.add(row.rowId()));
    return execute(
        "UPDATE outbox SET attempts = attempts - 1, claimed_by = NULL, next_attempt_at ="
            + " DATE_ADD(CAST('1970-01-01' AS DATETIME(6)), INTERVAL sequence_no MICROSECOND)"
            + " WHERE claimed_by = ? AND id IN "
            + placeholders(rows.size()),
        params.toArray());
  }

  private Uni<Void> execute(String sql, Object... params) {
    return pool.preparedQuery(sql).execute(SqlParams.tuple(params)).replaceWithVoid();
  }

  private static List<ClaimedEvent> read(RowSet<Row> rows, UUID claim) {
    List<ClaimedEvent> claimed = new ArrayList<>();
    for (Row row : rows) {
      claimed.add(
          new ClaimedEvent(
              Ids.uuid(row.get(Buffer.class, "id")),
              claim,
              row.getInteger("attempts") + 1,
              event(row)));
    }
    return claimed;
  }

  /** The event in a row that has the columns of the table. */
  public static Event event(Row row) {
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

  /** So many question marks, in brackets. */
  public static String placeholders(int count) {
    return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  private static String cut(String error) {
    return Excerpt.of(error, MAX_ERROR);
  }
}
