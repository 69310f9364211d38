package io.siyu.mall.order.order;

import io.siyu.mall.order.fulfilment.Parcel;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/**
 * Where orders are kept. All of it happens in the transaction that is open. New ones come by {@link
 * PlacedRows}.
 */
public interface Orders {

  String ORDER_NOT_FOUND = "ORDER_NOT_FOUND";
  String PARCEL_NOT_FOUND = "PARCEL_NOT_FOUND";

  /**
   * The order, locked until the transaction ends: nobody else changes it, its lines, cases or
   * refunds.
   *
   * @return fails with NOT_FOUND, ORDER_NOT_FOUND
   */
  Uni<Order> lock(OrderId id);

  /**
   * A parcel of an order that the caller has locked.
   *
   * @return fails with NOT_FOUND, PARCEL_NOT_FOUND
   */
  Uni<Parcel> parcel(OrderId order, UUID parcelId);

  /** The orders of a trade that the caller has locked, each locked, in the order of their ids. */
  Uni<List<Order>> lockOfTrade(TradeId trade);

  /** Stores what happened to orders since they were loaded: rows, timeline and outgoing events. */
  Uni<Void> save(List<Order> orders);

  /** As {@link #save(List)}. */
  default Uni<Void> save(Order order) {
    return save(List.of(order));
  }
}
