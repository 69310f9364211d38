package io.siyu.mall.order.order;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order as it is read; never changed. */
public record OrderView(
    UUID id,
    String orderNo,
    UUID tradeId,
    UUID memberId,
    UUID brandId,
    String brandCode,
    String brandName,
    OrderState state,
    String sealedAddress,
    Money goodsTotal,
    Money freight,
    Money payable,
    Money refunded,
    String note,
    long version,
    Instant placedAt,
    Instant paidAt,
    Instant receivedAt,
    Instant completedAt,
    Instant afterSaleUntil,
    List<LineView> lines,
    List<ParcelView> parcels,
    List<EntryView> timeline) {

  /** One line; quantities as in {@link OrderLine}. */
  public record LineView(
      UUID id,
      UUID orderId,
      UUID skuId,
      UUID productId,
      String title,
      String specText,
      String coverUrl,
      long quantity,
      Money unitPrice,
      List<Reduction> reductions,
      Money paid,
      long shipped,
      long claimed,
      long refunding,
      long refunded,
      Money refundedAmount,
      int afterSaleDays,
      byte[] attribution,
      long shippable) {

    static LineView ofNew(Order order, OrderLine line) {
      return new LineView(
          line.id(),
          order.id().value(),
          line.skuId(),
          line.productId(),
          line.title(),
          line.specText(),
          line.coverUrl(),
          line.quantity(),
          line.unitPrice(),
          line.reductions(),
          line.paid(),
          line.shippedQuantity(),
          line.claimedQuantity(),
          line.refundingQuantity(),
          line.refundedQuantity(),
          line.refundedAmount(),
          line.afterSaleDays(),
          line.attribution().encoded(),
          line.shippable());
    }
  }

  /** One parcel. */
  public record ParcelView(
      UUID id,
      UUID orderId,
      String carrier,
      String trackingNumber,
      Instant shippedAt,
      List<ContentView> lines) {}

  /** Units of a line in a parcel. */
  public record ContentView(UUID orderLineId, long quantity) {}

  /** One line of the history. */
  public record EntryView(String kind, Instant at, String by, String text) {}

  /** A new order as it will be read. */
  static OrderView ofNew(Order order) {
    OrderTimes times = order.times();
    return new OrderView(
        order.id().value(),
        order.orderNo(),
        order.tradeId().value(),
        order.memberId(),
        order.brandId(),
        order.brandCode(),
        order.brandName(),
        order.state(),
        order.sealedAddress(),
        order.goodsTotal(),
        order.freight(),
        order.payable(),
        order.refunded(),
        order.note(),
        order.version(),
        times.placedAt(),
        times.paidAt(),
        times.receivedAt(),
        times.completedAt(),
        times.afterSaleUntil(),
        order.lines().stream().map(line -> LineView.ofNew(order, line)).toList(),
        List.of(),
        List.of());
  }

  OrderView with(List<LineView> lines, List<ParcelView> parcels, List<EntryView> timeline) {
    return new OrderView(
        id,
        orderNo,
        tradeId,
        memberId,
        brandId,
        brandCode,
        brandName,
        state,
        sealedAddress,
        goodsTotal,
        freight,
        payable,
        refunded,
        note,
        version,
        placedAt,
        paidAt,
        receivedAt,
        completedAt,
        afterSaleUntil,
        lines,
        parcels,
        timeline);
  }
}
