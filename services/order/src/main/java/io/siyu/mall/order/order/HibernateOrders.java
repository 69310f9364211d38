package io.siyu.mall.order.order;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.order.fulfilment.Parcel;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.outbox.Outbox;
import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Orders in the database; what happened goes to the timeline and the outbox with them. */
@ApplicationScoped
public class HibernateOrders implements Orders {

  private static final String WITH_LINES =
      "select distinct o from Order o join fetch o.lines where o.";

  private final Outbox outbox;

  HibernateOrders(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Uni<Order> lock(OrderId id) {
    return Panache.getSession()
        .chain(
            session ->
                SqlTransaction.of(session)
                    .select("SELECT id FROM orders WHERE id = ? FOR UPDATE", id.value())
                    .chain(
                        locked ->
                            session
                                .createQuery(WITH_LINES + "id = :id", Order.class)
                                .setParameter("id", id.value())
                                .getSingleResultOrNull()))
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(ORDER_NOT_FOUND, "there is no such order"));
  }

  @Override
  public Uni<Parcel> parcel(OrderId order, UUID parcelId) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery("from Parcel where id = :id and orderId = :order", Parcel.class)
                    .setParameter("id", parcelId)
                    .setParameter("order", order.value())
                    .getSingleResultOrNull())
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(PARCEL_NOT_FOUND, "there is no such parcel"));
  }

  @Override
  public Uni<List<Order>> lockOfTrade(TradeId trade) {
    return Panache.getSession()
        .chain(
            session ->
                SqlTransaction.of(session)
                    .select(
                        "SELECT id FROM orders WHERE trade_id = ? ORDER BY id FOR UPDATE",
                        trade.value())
                    .chain(
                        locked ->
                            session
                                .createQuery(
                                    WITH_LINES + "tradeId = :trade order by o.id", Order.class)
                                .setParameter("trade", trade.value())
                                .getResultList()));
  }

  @Override
  public Uni<Void> save(List<Order> orders) {
    return Panache.getSession().chain(session -> record(session, orders));
  }

  private Uni<Void> record(Mutiny.Session session, List<Order> orders) {
    List<Object> rows = new ArrayList<>();
    List<OutgoingEvent> outgoing = new ArrayList<>();
    for (Order order : orders) {
      List<Parcel> parcels = order.drainParcels();
      rows.addAll(parcels);
      for (OrderEvent event : order.drainEvents()) {
        rows.add(TimelineEntry.of(order.id(), event));
        OrderEventProto.of(order, event)
            .ifPresent(
                payload ->
                    outgoing.add(new OutgoingEvent("order", order.id().toString(), payload)));
      }
    }
    return session
        .persistAll(rows.toArray())
        .chain(() -> outbox.add(SqlTransaction.of(session), outgoing))
        .replaceWithVoid();
  }
}
