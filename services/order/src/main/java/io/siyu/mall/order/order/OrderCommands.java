package io.siyu.mall.order.order;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.order.fulfilment.Label;
import io.siyu.mall.order.fulfilment.Shipment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** What is done to one order: shipping, receipt, completion. */
@ApplicationScoped
public class OrderCommands {

  private final Orders orders;
  private final AddressSeal seal;
  private final OrderConfig config;
  private final Clock clock;

  OrderCommands(Orders orders, AddressSeal seal, OrderConfig config, Clock clock) {
    this.orders = orders;
    this.seal = seal;
    this.config = config;
    this.clock = clock;
  }

  /** Sends one parcel; see {@link Order#ship}. */
  @WithTransaction
  public Uni<Void> ship(OrderId id, Shipment shipment, Scope scope, Actor by) {
    return orders
        .lock(id)
        .invoke(scope::check)
        .invoke(order -> order.ship(shipment, by, clock.instant(), config.autoReceive()))
        .chain(orders::save);
  }

  /** Sets the label of a parcel right; see {@link Order#correct}. */
  @WithTransaction
  public Uni<Void> correctParcel(
      OrderId id, UUID parcelId, Label label, String reason, Scope scope, Actor by) {
    return orders
        .lock(id)
        .invoke(scope::check)
        .call(
            order ->
                orders
                    .parcel(id, parcelId)
                    .invoke(parcel -> order.correct(parcel, label, reason, by, clock.instant())))
        .chain(orders::save);
  }

  /** Another receiver or place; see {@link Order#changeAddress}. */
  @WithTransaction
  public Uni<Void> changeAddress(
      OrderId id, Address address, String reason, Scope scope, Actor by) {
    return orders
        .lock(id)
        .invoke(scope::check)
        .invoke(
            order ->
                order.changeAddress(
                    seal.seal(id, order.memberId(), address),
                    address.hint(),
                    reason,
                    by,
                    clock.instant()))
        .chain(orders::save);
  }

  /** The goods arrived; see {@link Order#receive}. */
  @WithTransaction
  public Uni<Void> confirmReceipt(OrderId id, Scope scope, Actor by) {
    return orders
        .lock(id)
        .invoke(scope::check)
        .invoke(order -> order.receive(by, clock.instant()))
        .chain(orders::save);
  }

  /** Does what has become due by time alone; nothing if it was done in the meantime. */
  @WithTransaction
  public Uni<Void> passTime(OrderId id) {
    return orders
        .lock(id)
        .chain(
            order -> {
              Instant now = clock.instant();
              if (order.state() == OrderState.SHIPPED
                  && !now.isBefore(order.times().shippedAt().plus(config.autoReceive()))) {
                order.receive(Actor.SYSTEM, now);
              } else if (order.state() == OrderState.RECEIVED
                  && order.openCases() == 0
                  && !now.isBefore(order.times().afterSaleUntil())) {
                order.complete(now);
              } else {
                return Uni.createFrom().voidItem();
              }
              return orders.save(order);
            });
  }
}
