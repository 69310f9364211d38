package io.siyu.mall.platform.inbox;

import com.google.protobuf.Internal;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.inbox.SqlBatchHandler.Taken;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a service does with which event; the service produces its one table as a bean:
 *
 * <pre>{@code
 * @Produces
 * @Singleton
 * EventHandlers handlers(StockEvents stock) {
 *   return EventHandlers.start()
 *       .on(OrderPaid.class, stock::paid)
 *       .onSql(OrderCancelled.class, stock::cancelled)
 *       .onSqlBatch(ledger::book, LineRefunded.class, OrderReceived.class);
 * }
 * }</pre>
 */
public final class EventHandlers {

  public static final String UNKNOWN_EVENT_TYPE = "UNKNOWN_EVENT_TYPE";
  public static final String MALFORMED_EVENT = "MALFORMED_EVENT";

  private final Map<String, Applying> byType = new HashMap<>();
  private final Map<String, Batching> batches = new HashMap<>();

  private EventHandlers() {}

  /** An empty table: every event is refused. */
  public static EventHandlers start() {
    return new EventHandlers();
  }

  /** Applies events of the type in a Hibernate transaction. */
  public <T extends Message> EventHandlers on(Class<T> type, EventHandler<T> handler) {
    T instance = Internal.getDefaultInstance(type);
    return register(
        instance,
        (event, pool, first) ->
            Panache.withTransaction(
                () ->
                    Panache.getSession()
                        .map(SqlTransaction::of)
                        .chain(
                            tx ->
                                first
                                    .apply(tx)
                                    .call(
                                        isFirst ->
                                            isFirst
                                                ? handler.handle(event, parse(instance, event), tx)
                                                : Uni.createFrom().voidItem()))));
  }

  /** Applies events of the type in a transaction of the SQL client. */
  public <T extends Message> EventHandlers onSql(Class<T> type, SqlEventHandler<T> handler) {
    T instance = Internal.getDefaultInstance(type);
    return register(
        instance,
        (event, pool, first) ->
            pool.withTransaction(
                connection ->
                    first
                        .apply(SqlTransaction.of(connection))
                        .call(
                            isFirst ->
                                isFirst
                                    ? handler.handle(event, parse(instance, event), connection)
                                    : Uni.createFrom().voidItem())));
  }

  /**
   * Applies events of the types together, as many as come in one delivery, in a transaction of the
   * SQL client.
   */
  @SafeVarargs
  public final EventHandlers onSqlBatch(
      SqlBatchHandler handler, Class<? extends Message>... types) {
    for (Class<? extends Message> type : types) {
      Message instance = Internal.getDefaultInstance(type);
      register(
          instance,
          (event, pool, first) ->
              pool.withTransaction(
                  connection ->
                      first
                          .apply(SqlTransaction.of(connection))
                          .call(
                              isFirst ->
                                  isFirst
                                      ? handler.handle(
                                          List.of(new Taken(event, parse(instance, event))),
                                          connection)
                                      : Uni.createFrom().voidItem())));
      batches.put(instance.getDescriptorForType().getFullName(), new Batching(handler, instance));
    }
    return this;
  }

  /** Whether all of the events can be applied together. */
  boolean canBatch(List<Event> events) {
    SqlBatchHandler handler = null;
    for (Event event : events) {
      Batching batching = batches.get(event.getType());
      if (batching == null || handler != null && handler != batching.handler) {
        return false;
      }
      handler = batching.handler;
    }
    return handler != null;
  }

  /**
   * Applies events that {@link #canBatch} in one transaction.
   *
   * @param remember stores their ids in that transaction and fails when one was there
   */
  Uni<Void> applyTogether(
      List<Event> events, Pool pool, Function<SqlTransaction, Uni<Void>> remember) {
    SqlBatchHandler handler = batches.get(events.get(0).getType()).handler;
    List<Taken> taken =
        events.stream()
            .map(event -> new Taken(event, parse(batches.get(event.getType()).instance, event)))
            .toList();
    return pool.withTransaction(
        connection ->
            remember
                .apply(SqlTransaction.of(connection))
                .chain(() -> handler.handle(taken, connection)));
  }

  /** The event's type is in the table. */
  public boolean knows(String type) {
    return byType.containsKey(type);
  }

  /**
   * Applies the event in one transaction.
   *
   * @param first stores the event's id in that transaction; its item is false for a repeat
   * @return false for a repeat
   */
  Uni<Boolean> apply(Event event, Pool pool, Function<SqlTransaction, Uni<Boolean>> first) {
    Applying applying = byType.get(event.getType());
    if (applying == null) {
      return Uni.createFrom()
          .failure(
              new DomainException(
                  Kind.INVALID_ARGUMENT,
                  UNKNOWN_EVENT_TYPE,
                  "no handler for events of type " + event.getType()));
    }
    return applying.apply(event, pool, first);
  }

  private EventHandlers register(Message instance, Applying applying) {
    String type = instance.getDescriptorForType().getFullName();
    if (byType.putIfAbsent(type, applying) != null) {
      throw new IllegalStateException("two handlers for " + type);
    }
    return this;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Message> T parse(T instance, Event event) {
    try {
      return (T) instance.getParserForType().parseFrom(event.getPayload().getValue());
    } catch (InvalidProtocolBufferException e) {
      throw new DomainException(
          Kind.INVALID_ARGUMENT, MALFORMED_EVENT, "the payload of the event cannot be read");
    }
  }

  private record Batching(SqlBatchHandler handler, Message instance) {}

  @FunctionalInterface
  private interface Applying {
    Uni<Boolean> apply(Event event, Pool pool, Function<SqlTransaction, Uni<Boolean>> first);
  }
}
