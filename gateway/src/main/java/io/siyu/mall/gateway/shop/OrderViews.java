package io.siyu.mall.gateway.shop;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopReduction;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderLine;
import io.siyu.mall.proto.order.v1.Parcel;
import io.siyu.mall.proto.order.v1.ParcelLine;
import io.siyu.mall.proto.order.v1.ShippingAddress;
import io.siyu.mall.proto.order.v1.TimelineEntry;
import io.siyu.mall.text.TextType;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.List;

/** An order as its buyer sees it: nothing about who earns what from it. */
final class OrderViews {

  private OrderViews() {}

  /** Where an order stands. */
  public enum OrderState {
    PENDING_PAYMENT,
    PAID,
    PARTIALLY_SHIPPED,
    SHIPPED,
    RECEIVED,
    COMPLETED,
    CANCELLED,
    CLOSED
  }

  /** Where an order goes instead: one of the member's addresses. */
  public record ShopAddressChangeRequest(@NotBlank @Text(TextType.ID) String addressId) {}

  /** An address of the member, as parcels are sent to it. */
  static ShippingAddress shipping(Address address) {
    return ShippingAddress.newBuilder()
        .setReceiverName(address.getReceiverName())
        .setPhone(address.getPhone())
        .setProvince(address.getProvince())
        .setCity(address.getCity())
        .setDistrict(address.getDistrict())
        .setDetail(address.getDetail())
        .build();
  }

  /**
   * One line.
   *
   * @param paidFen what was, or is to be, paid for it without freight
   * @param refundingQuantity units refunded or being refunded
   */
  public record ShopOrderLine(
      String orderLineId,
      String skuId,
      String productId,
      String title,
      @Nullable String specText,
      @Nullable String coverUrl,
      long quantity,
      long unitPriceFen,
      List<ShopReduction> reductions,
      long paidFen,
      long shippedQuantity,
      long refundingQuantity,
      long refundedQuantity,
      long refundedFen,
      int afterSaleDays) {

    static ShopOrderLine of(OrderLine line) {
      return new ShopOrderLine(
          line.getOrderLineId(),
          line.getSkuId(),
          line.getProductId(),
          line.getTitle(),
          Wire.text(line.getSpecText()),
          Wire.text(line.getCoverUrl()),
          line.getQuantity(),
          Fen.of(line.getUnitPrice()),
          Wire.list(line.getReductionsList(), ShopReduction::of),
          Fen.of(line.getPaid()),
          line.getShippedQuantity(),
          line.getRefundingQuantity(),
          line.getRefundedQuantity(),
          Fen.of(line.getRefunded()),
          line.getAfterSaleDays());
    }
  }

  /** How much of a line is in a parcel. */
  public record ShopParcelLine(String orderLineId, long quantity) {

    static ShopParcelLine of(ParcelLine line) {
      return new ShopParcelLine(line.getOrderLineId(), line.getQuantity());
    }
  }

  /** A parcel on its way. */
  public record ShopParcel(
      String parcelId,
      String carrier,
      String trackingNumber,
      List<ShopParcelLine> lines,
      @Nullable Instant shippedAt) {

    static ShopParcel of(Parcel parcel) {
      return new ShopParcel(
          parcel.getParcelId(),
          parcel.getCarrier(),
          parcel.getTrackingNumber(),
          Wire.list(parcel.getLinesList(), ShopParcelLine::of),
          Wire.instant(parcel.hasShippedAt(), parcel.getShippedAt()));
    }
  }

  /** Something that happened. */
  public record ShopOrderEvent(String kind, @Nullable Instant at, @Nullable String text) {

    static ShopOrderEvent of(TimelineEntry entry) {
      return new ShopOrderEvent(
          entry.getKind(), Wire.instant(entry.hasAt(), entry.getAt()), Wire.text(entry.getText()));
    }
  }

  /** Where the parcels go. */
  public record ShopShippingAddress(
      String receiverName,
      String phone,
      String province,
      String city,
      @Nullable String district,
      String detail) {

    static ShopShippingAddress of(ShippingAddress address) {
      return new ShopShippingAddress(
          address.getReceiverName(),
          address.getPhone(),
          address.getProvince(),
          address.getCity(),
          Wire.text(address.getDistrict()),
          address.getDetail());
    }
  }

  /** An order of one brand; the timeline is empty in lists. */
  public record ShopOrder(
      String orderId,
      String orderNo,
      String tradeId,
      String brandId,
      String brandName,
      OrderState state,
      List<ShopOrderLine> lines,
      List<ShopParcel> parcels,
      List<ShopOrderEvent> timeline,
      @Nullable ShopShippingAddress address,
      long goodsTotalFen,
      long freightFen,
      long payableFen,
      long refundedFen,
      @Nullable String note,
      long version,
      @Nullable Instant placedAt,
      @Nullable Instant paidAt,
      @Nullable Instant receivedAt,
      @Nullable Instant completedAt,
      @Nullable Instant afterSaleUntil) {

    static ShopOrder of(Order order) {
      return new ShopOrder(
          order.getOrderId(),
          order.getOrderNo(),
          order.getTradeId(),
          order.getBrandId(),
          order.getBrandName(),
          Wire.read(OrderState.class, order.getState()),
          Wire.list(order.getLinesList(), ShopOrderLine::of),
          Wire.list(order.getParcelsList(), ShopParcel::of),
          Wire.list(order.getTimelineList(), ShopOrderEvent::of),
          order.hasAddress() ? ShopShippingAddress.of(order.getAddress()) : null,
          Fen.of(order.getGoodsTotal()),
          Fen.of(order.getFreight()),
          Fen.of(order.getPayable()),
          Fen.of(order.getRefunded()),
          Wire.text(order.getNote()),
          order.getVersion(),
          Wire.instant(order.hasPlacedAt(), order.getPlacedAt()),
          Wire.instant(order.hasPaidAt(), order.getPaidAt()),
          Wire.instant(order.hasReceivedAt(), order.getReceivedAt()),
          Wire.instant(order.hasCompletedAt(), order.getCompletedAt()),
          Wire.instant(order.hasAfterSaleUntil(), order.getAfterSaleUntil()));
    }
  }
}
