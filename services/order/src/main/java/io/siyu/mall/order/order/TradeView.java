package io.siyu.mall.order.order;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** A trade as it is read. */
public record TradeView(
    UUID id,
    UUID memberId,
    TradeState state,
    Money payable,
    Instant placedAt,
    Instant expiresAt,
    Instant paidAt,
    List<OrderView> orders) {

  /** A new trade as it will be read; saves reading it back while its transaction is open. */
  public static TradeView ofNew(Trade trade, List<Order> orders) {
    return new TradeView(
        trade.id().value(),
        trade.memberId(),
        trade.state(),
        trade.payable(),
        trade.placedAt(),
        trade.expiresAt(),
        trade.paidAt(),
        orders.stream()
            .sorted(Comparator.comparing(Order::brandCode))
            .map(OrderView::ofNew)
            .toList());
  }
}
