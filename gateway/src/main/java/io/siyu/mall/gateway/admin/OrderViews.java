package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.admin.AttributionViews.AdminAttribution;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderLine;
import io.siyu.mall.proto.order.v1.Parcel;
import io.siyu.mall.proto.order.v1.ParcelLine;
import io.siyu.mall.proto.order.v1.PriceReduction;
import io.siyu.mall.proto.order.v1.ShippingAddress;
import io.siyu.mall.proto.order.v1.TimelineEntry;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/** Orders as staff see them. */
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

  /** So many units of a line go into the parcel. */
  public record AdminParcelLineRequest(
      @NotBlank @Text(TextType.ID) String orderLineId,
      @NotNull @Min(1) @Max(Bounds.QUANTITY) Integer quantity) {

    ParcelLine line() {
      return ParcelLine.newBuilder().setOrderLineId(orderLineId).setQuantity(quantity).build();
    }
  }

  /** A parcel leaves; without lines it holds everything not yet shipped. */
  public record AdminParcelRequest(
      @NotBlank @Text(TextType.CARRIER) String carrier,
      @NotBlank @Text(TextType.TRACKING_NUMBER) String trackingNumber,
      @Size(max = Bounds.LINES) List<@Valid @NotNull AdminParcelLineRequest> lines) {}

  /** What a parcel is really found by; the member reads the reason. */
  public record AdminParcelCorrectionRequest(
      @NotBlank @Text(TextType.CARRIER) String carrier,
      @NotBlank @Text(TextType.TRACKING_NUMBER) String trackingNumber,
      @NotBlank @Text(TextType.REASON) String reason) {}

  /** Where an order goes instead; the member reads the reason. */
  public record AdminAddressChangeRequest(
      @NotBlank @Text(TextType.RECEIVER_NAME) String receiverName,
      @NotBlank @Text(TextType.PHONE) String phone,
      @NotBlank @Text(TextType.REGION) String province,
      @NotBlank @Text(TextType.REGION) String city,
      @Text(TextType.REGION) String district,
      @NotBlank @Text(TextType.ADDRESS_DETAIL) String detail,
      @NotBlank @Text(TextType.REASON) String reason) {

    ShippingAddress address() {
      return ShippingAddress.newBuilder()
          .setReceiverName(receiverName)
          .setPhone(phone)
          .setProvince(province)
          .setCity(city)
          .setDistrict(Wire.orEmpty(district))
          .setDetail(detail)
          .build();
    }
  }

  /** A rule that made a line cheaper, and by how much. */
  public record AdminReduction(String rule, String title, long amountFen) {

    static AdminReduction of(PriceReduction r) {
      return new AdminReduction(r.getRule(), r.getTitle(), Fen.of(r.getAmount()));
    }
  }

  /** One line; {@code attribution} says who is credited. */
  public record AdminOrderLine(
      String orderLineId,
      String skuId,
      String productId,
      String title,
      @Nullable String specText,
      @Nullable String coverUrl,
      long quantity,
      long unitPriceFen,
      List<AdminReduction> reductions,
      long paidFen,
      long shippedQuantity,
      long refundingQuantity,
      long refundedQuantity,
      long refundedFen,
      int afterSaleDays,
      long shippableQuantity,
      @Nullable AdminAttribution attribution) {

    static AdminOrderLine of(OrderLine l) {
      return new AdminOrderLine(
          l.getOrderLineId(),
          l.getSkuId(),
          l.getProductId(),
          l.getTitle(),
          Wire.text(l.getSpecText()),
          Wire.text(l.getCoverUrl()),
          l.getQuantity(),
          Fen.of(l.getUnitPrice()),
          Wire.list(l.getReductionsList(), AdminReduction::of),
          Fen.of(l.getPaid()),
          l.getShippedQuantity(),
          l.getRefundingQuantity(),
          l.getRefundedQuantity(),
          Fen.of(l.getRefunded()),
          l.getAfterSaleDays(),
          l.getShippableQuantity(),
          l.hasAttribution() ? AdminAttribution.of(l.getAttribution()) : null);
    }
  }

  /** How much of a line is in a parcel. */
  public record AdminParcelLine(String orderLineId, long quantity) {

    static AdminParcelLine of(ParcelLine l) {
      return new AdminParcelLine(l.getOrderLineId(), l.getQuantity());
    }
  }

  /** A parcel. */
  public record AdminParcel(
      String parcelId,
      String carrier,
      String trackingNumber,
      List<AdminParcelLine> lines,
      @Nullable Instant shippedAt) {

    static AdminParcel of(Parcel p) {
      return new AdminParcel(
          p.getParcelId(),
          p.getCarrier(),
          p.getTrackingNumber(),
          Wire.list(p.getLinesList(), AdminParcelLine::of),
          Wire.instant(p.hasShippedAt(), p.getShippedAt()));
    }
  }

  /** Something that happened, and who did it. */
  public record AdminOrderEvent(
      String kind, @Nullable Instant at, @Nullable String by, @Nullable String text) {

    static AdminOrderEvent of(TimelineEntry e) {
      return new AdminOrderEvent(
          e.getKind(),
          Wire.instant(e.hasAt(), e.getAt()),
          Wire.text(e.getBy()),
          Wire.text(e.getText()));
    }
  }

  /** Where the parcels go; masked unless the caller ships. */
  public record AdminShippingAddress(
      String receiverName,
      String phone,
      String province,
      String city,
      @Nullable String district,
      String detail) {

    static AdminShippingAddress of(ShippingAddress a) {
      return new AdminShippingAddress(
          a.getReceiverName(),
          a.getPhone(),
          a.getProvince(),
          a.getCity(),
          Wire.text(a.getDistrict()),
          a.getDetail());
    }
  }

  /** An order of one brand; the timeline is empty in lists. */
  public record AdminOrder(
      String orderId,
      String orderNo,
      String tradeId,
      String memberId,
      String brandId,
      String brandCode,
      String brandName,
      OrderState state,
      List<AdminOrderLine> lines,
      List<AdminParcel> parcels,
      List<AdminOrderEvent> timeline,
      @Nullable AdminShippingAddress address,
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

    static AdminOrder of(Order o) {
      return new AdminOrder(
          o.getOrderId(),
          o.getOrderNo(),
          o.getTradeId(),
          o.getMemberId(),
          o.getBrandId(),
          o.getBrandCode(),
          o.getBrandName(),
          Wire.read(OrderState.class, o.getState()),
          Wire.list(o.getLinesList(), AdminOrderLine::of),
          Wire.list(o.getParcelsList(), AdminParcel::of),
          Wire.list(o.getTimelineList(), AdminOrderEvent::of),
          o.hasAddress() ? AdminShippingAddress.of(o.getAddress()) : null,
          Fen.of(o.getGoodsTotal()),
          Fen.of(o.getFreight()),
          Fen.of(o.getPayable()),
          Fen.of(o.getRefunded()),
          Wire.text(o.getNote()),
          o.getVersion(),
          Wire.instant(o.hasPlacedAt(), o.getPlacedAt()),
          Wire.instant(o.hasPaidAt(), o.getPaidAt()),
          Wire.instant(o.hasReceivedAt(), o.getReceivedAt()),
          Wire.instant(o.hasCompletedAt(), o.getCompletedAt()),
          Wire.instant(o.hasAfterSaleUntil(), o.getAfterSaleUntil()));
    }
  }
}
