package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.inbox.EventHandlers;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderCancelled;
import io.siyu.mall.proto.order.v1.OrderPaid;
import io.siyu.mall.proto.order.v1.OrderPlaced;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.BiFunction;

/** What the order service's events do to stock. They may come in any order. */
@ApplicationScoped
public class OrderEvents {

  private static final String BY = "SERVICE:order";

  private final StockCommands commands;

  OrderEvents(StockCommands commands) {
    this.commands = commands;
  }

  @Produces
  @Singleton
  EventHandlers handlers() {
    return EventHandlers.start()
        .onSql(
            OrderPlaced.class,
            (event, placed, sql) ->
                apply(sql, placed.getOrderId(), (tx, order) -> commands.place(tx, order, BY)))
        .onSql(
            OrderPaid.class,
            (event, paid, sql) ->
                apply(sql, paid.getOrderId(), (tx, order) -> commands.pay(tx, order, BY)))
        .onSql(
            OrderCancelled.class,
            (event, cancelled, sql) ->
                apply(
                    sql,
                    cancelled.getOrderId(),
                    (tx, order) -> commands.release(tx, order, null, BY)))
        .onSql(
            LineRefunded.class,
            (event, refunded, sql) ->
                apply(sql, refunded.getOrderId(), (tx, order) -> refunded(tx, order, refunded)));
  }

  private Uni<Reservation> refunded(SqlTransaction tx, UUID order, LineRefunded refunded) {
    UUID sku = Ids.parse("sku_id", refunded.getSkuId());
    return commands.restock(tx, order, sku, refunded.getRestockQuantity(), BY);
  }

  /** An order that holds nothing here will not do so later either: the event is to be looked at. */
  private static Uni<Void> apply(
      SqlConnection sql,
      String orderId,
      BiFunction<SqlTransaction, UUID, Uni<Reservation>> command) {
    return command
        .apply(SqlTransaction.of(sql), Ids.parse("order_id", orderId))
        .onFailure(f -> f instanceof DomainException e && e.kind() == Kind.NOT_FOUND)
        .transform(
            f ->
                DomainException.precondition(((DomainException) f).reason(), f.getMessage())
                    .with("order_id", orderId))
        .replaceWithVoid();
  }
}
