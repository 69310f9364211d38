package io.siyu.mall.catalog.stock;

import com.google.protobuf.Message;
import io.siyu.mall.catalog.stock.StockCommands.Verb;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.inbox.EventHandlers;
import io.siyu.mall.platform.inbox.SqlBatchHandler.Taken;
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
import java.util.List;
import java.util.UUID;

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
        .onSqlBatch(this::changed, OrderPlaced.class, OrderPaid.class, OrderCancelled.class)
        .onSql(LineRefunded.class, (event, refunded, sql) -> refunded(refunded, sql));
  }

  private Uni<Void> changed(List<Taken> events, SqlConnection sql) {
    return parkUnknown(
        commands.apply(
            SqlTransaction.of(sql), events.stream().map(event -> verb(event.payload())).toList()));
  }

  private static Verb verb(Message payload) {
    // Java 17: no pattern switch yet.
    if (payload instanceof OrderPlaced placed) {
      return new Verb(order(placed.getOrderId()), (held, now) -> held.place(BY, now));
    } else if (payload instanceof OrderPaid paid) {
      return new Verb(order(paid.getOrderId()), (held, now) -> held.pay(BY, now));
    }
    return new Verb(
        order(((OrderCancelled) payload).getOrderId()), (held, now) -> held.release(BY, now));
  }

  private Uni<Void> refunded(LineRefunded refunded, SqlConnection sql) {
    return parkUnknown(
        commands
            .restock(
                SqlTransaction.of(sql),
                order(refunded.getOrderId()),
                Ids.parse("sku_id", refunded.getSkuId()),
                refunded.getRestockQuantity(),
                BY)
            .replaceWithVoid());
  }

  private static UUID order(String id) {
    return Ids.parse("order_id", id);
  }

  /** An order that holds nothing here will not do so later either: the event is to be looked at. */
  private static Uni<Void> parkUnknown(Uni<Void> command) {
    return command
        .onFailure(f -> f instanceof DomainException e && e.kind() == Kind.NOT_FOUND)
        .transform(
            f -> DomainException.precondition(((DomainException) f).reason(), f.getMessage()));
  }
}
