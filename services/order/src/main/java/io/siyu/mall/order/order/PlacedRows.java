package io.siyu.mall.order.order;

import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.siyu.mall.platform.sql.NewRows;
import io.siyu.mall.platform.sql.NewRows.Into;
import java.util.ArrayList;
import java.util.List;

/**
 * A new trade as rows and events. Placing is the one change of orders that goes round Hibernate: it
 * only inserts, so that many buyers' trades can share a statement. Everything later loads the
 * aggregate.
 *
 * @param events to be told when the rows are committed
 */
public record PlacedRows(NewRows rows, List<OutgoingEvent> events) {

  private static final Into TRADE =
      Into.of(
          "trade",
          "id",
          "member_id",
          "member_sequence",
          "state",
          "payable",
          "placed_at",
          "expires_at",
          "due_at",
          "version");

  private static final Into ORDER =
      Into.of(
          "orders",
          "id",
          "order_no",
          "trade_id",
          "member_id",
          "brand_id",
          "brand_code",
          "brand_name",
          "state",
          "sealed_address",
          "receiver_phone_hash",
          "goods_total",
          "freight",
          "payable",
          "refunded",
          "note",
          "open_cases",
          "due_at",
          "placed_at",
          "version");

  private static final Into LINE =
      Into.of(
          "order_line",
          "id",
          "order_id",
          "position",
          "sku_id",
          "product_id",
          "title",
          "spec_text",
          "cover_url",
          "quantity",
          "unit_price",
          "reductions",
          "paid",
          "after_sale_days",
          "attribution",
          "distributor_id",
          "shipped_quantity",
          "withdrawn_quantity",
          "claimed_quantity",
          "held_back_quantity",
          "refunding_quantity",
          "refunding_amount",
          "refunded_quantity",
          "refunded_amount",
          "restocked_quantity");

  private static final Into TIMELINE =
      Into.of("order_timeline", "id", "order_id", "kind", "at", "by_whom", "text");

  private static final ReductionsConverter REDUCTIONS = new ReductionsConverter();

  /** Of a trade and its orders, none of them stored yet. */
  public static PlacedRows of(Trade trade, List<Order> orders) {
    NewRows rows = new NewRows();
    List<OutgoingEvent> events = new ArrayList<>();
    rows.add(
        TRADE,
        trade.id().value(),
        trade.memberId(),
        trade.memberSequence(),
        trade.state(),
        trade.payable(),
        trade.placedAt(),
        trade.expiresAt(),
        trade.dueAt(),
        0L);
    for (Order order : orders) {
      add(rows, order);
      order.lines().forEach(line -> add(rows, order, line));
      for (OrderEvent event : order.drainEvents()) {
        add(rows, TimelineEntry.of(order.id(), event));
        OrderEventProto.of(order, event)
            .ifPresent(
                payload -> events.add(OutgoingEvent.of("order", order.id().value(), payload)));
      }
    }
    return new PlacedRows(rows, events);
  }

  private static void add(NewRows rows, Order order) {
    rows.add(
        ORDER,
        order.id().value(),
        order.orderNo(),
        order.tradeId().value(),
        order.memberId(),
        order.brandId(),
        order.brandCode(),
        order.brandName(),
        order.state(),
        order.sealedAddress(),
        order.receiverPhoneHash(),
        order.goodsTotal(),
        order.freight(),
        order.payable(),
        order.refunded(),
        order.note(),
        order.openCases(),
        order.dueAt(),
        order.times().placedAt(),
        order.version());
  }

  private static void add(NewRows rows, Order order, OrderLine line) {
    rows.add(
        LINE,
        line.id(),
        order.id().value(),
        line.position(),
        line.skuId(),
        line.productId(),
        line.title(),
        line.specText(),
        line.coverUrl(),
        line.quantity(),
        line.unitPrice(),
        REDUCTIONS.convertToDatabaseColumn(line.reductions()),
        line.paid(),
        line.afterSaleDays(),
        line.attribution().encoded(),
        line.attribution().distributorId(),
        line.shippedQuantity(),
        0L,
        line.claimedQuantity(),
        0L,
        line.refundingQuantity(),
        line.refundingAmount(),
        line.refundedQuantity(),
        line.refundedAmount(),
        line.restockedQuantity());
  }

  private static void add(NewRows rows, TimelineEntry entry) {
    rows.add(
        TIMELINE, entry.id(), entry.orderId(), entry.kind(), entry.at(), entry.by(), entry.text());
  }
}
