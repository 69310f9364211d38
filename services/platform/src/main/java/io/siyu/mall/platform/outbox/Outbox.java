package io.siyu.mall.platform.outbox;

import com.google.protobuf.Message;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes events in the transaction of their cause: one row per event and subscriber. What commits
 * will be delivered; what rolls back never happened.
 */
@ApplicationScoped
public class Outbox {

  /** A payload above this does not belong into an event. */
  static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  private static final String INSERT =
      "INSERT INTO outbox (id, event_id, subscriber, type, aggregate_type, aggregate_id,"
          + " sequence_no, payload, occurred_at, attempts, next_attempt_at) VALUES ";

  // The database's microseconds are the one clock that all replicas share. Events of an aggregate
  // are
  // written under its row lock, so they grow; the index orders those of one statement.
  private static final String ROW =
      "(?, ?, ?, ?, ?, ?, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) + ?, ?, ?, 0,"
          + " UTC_TIMESTAMP(6))";

  private final Subscriptions subscriptions;
  private final Relay relay;
  private final Clock clock;

  Outbox(Subscriptions subscriptions, Relay relay, Clock clock) {
    this.subscriptions = subscriptions;
    this.relay = relay;
    this.clock = clock;
  }

  /**
   * Adds the events, in this order; one statement for all. Call it after the aggregate was written,
   * at most once per aggregate and transaction.
   *
   * @throws IllegalStateException when an event's type is not in the {@link Subscriptions}
   */
  public Uni<Void> add(SqlTransaction tx, List<OutgoingEvent> events) {
    List<Object> params = new ArrayList<>();
    Set<String> told = new LinkedHashSet<>();
    Instant now = clock.instant();
    int rows = 0;
    for (int i = 0; i < events.size(); i++) {
      UUID eventId = Ids.next();
      for (String subscriber : subscriptions.of(events.get(i).type())) {
        addRow(params, eventId, subscriber, events.get(i), i, now);
        told.add(subscriber);
        rows++;
      }
    }
    if (rows == 0) {
      return Uni.createFrom().voidItem();
    }
    String sql = INSERT + (ROW + ", ").repeat(rows - 1) + ROW;
    tx.afterCommit(() -> told.forEach(relay::wake));
    return tx.execute(sql, params.toArray()).replaceWithVoid();
  }

  private static void addRow(
      List<Object> params,
      UUID eventId,
      String subscriber,
      OutgoingEvent event,
      int index,
      Instant occurredAt) {
    Message payload = event.payload();
    if (payload.getSerializedSize() > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(event.type() + " is too large for an event");
    }
    params.addAll(
        List.of(
            Ids.next(),
            eventId,
            subscriber,
            event.type(),
            event.aggregateType(),
            event.aggregateId(),
            index,
            payload.toByteArray(),
            occurredAt));
  }
}
