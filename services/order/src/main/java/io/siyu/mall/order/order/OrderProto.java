package io.siyu.mall.order.order;

import io.siyu.mall.order.fulfilment.Label;
import io.siyu.mall.order.fulfilment.Shipment;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.ParcelLine;
import io.siyu.mall.proto.order.v1.PriceReduction;
import io.siyu.mall.proto.order.v1.ShipParcelRequest;
import io.siyu.mall.proto.order.v1.ShippingAddress;
import io.siyu.mall.proto.order.v1.TimelineEntry;
import io.siyu.mall.text.Bounds;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Orders and trades on the wire, cut to what the caller may see. */
@ApplicationScoped
public class OrderProto {

  private final AddressSeal seal;

  OrderProto(AddressSeal seal) {
    this.seal = seal;
  }

  /** A trade; its orders without timeline. */
  public io.siyu.mall.proto.order.v1.Trade trade(TradeView trade, Caller caller) {
    return reveal(sealed(trade, caller), caller);
  }

  /** An order. */
  public io.siyu.mall.proto.order.v1.Order order(OrderView order, Caller caller) {
    return reveal(sealed(order, caller), caller);
  }

  /** A sealed trade as the caller gets it. */
  public io.siyu.mall.proto.order.v1.Trade reveal(
      io.siyu.mall.proto.order.v1.Trade sealed, Caller caller) {
    io.siyu.mall.proto.order.v1.Trade.Builder message = sealed.toBuilder().clearOrders();
    sealed.getOrdersList().forEach(order -> message.addOrders(reveal(order, caller)));
    return message.build();
  }

  /** A sealed order as the caller gets it. */
  public io.siyu.mall.proto.order.v1.Order reveal(
      io.siyu.mall.proto.order.v1.Order sealed, Caller caller) {
    return sealed.hasAddress()
        ? sealed.toBuilder().setAddress(address(sealed, caller)).build()
        : sealed;
  }

  /** A trade whose addresses are still sealed (all in the field detail): fit to be stored. */
  public static io.siyu.mall.proto.order.v1.Trade sealed(TradeView trade, Caller caller) {
    io.siyu.mall.proto.order.v1.Trade.Builder message =
        io.siyu.mall.proto.order.v1.Trade.newBuilder()
            .setTradeId(trade.id().toString())
            .setMemberId(trade.memberId().toString())
            .setStateValue(trade.state().ordinal() + 1)
            .setPayable(ProtoMoney.to(trade.payable()))
            .setPlacedAt(ProtoTime.to(trade.placedAt()))
            .setExpiresAt(ProtoTime.to(trade.expiresAt()));
    set(trade.paidAt(), at -> message.setPaidAt(ProtoTime.to(at)));
    trade.orders().forEach(order -> message.addOrders(sealed(order, caller)));
    return message.build();
  }

  /** An order whose address is still sealed (all in the field detail): fit to be stored. */
  public static io.siyu.mall.proto.order.v1.Order sealed(OrderView order, Caller caller) {
    io.siyu.mall.proto.order.v1.Order.Builder message =
        io.siyu.mall.proto.order.v1.Order.newBuilder()
            .setOrderId(order.id().toString())
            .setOrderNo(order.orderNo())
            .setTradeId(order.tradeId().toString())
            .setMemberId(order.memberId().toString())
            .setBrandId(order.brandId().toString())
            .setBrandCode(order.brandCode())
            .setBrandName(order.brandName())
            .setState(state(order.state()))
            .setGoodsTotal(ProtoMoney.to(order.goodsTotal()))
            .setFreight(ProtoMoney.to(order.freight()))
            .setPayable(ProtoMoney.to(order.payable()))
            .setRefunded(ProtoMoney.to(order.refunded()))
            .setNote(order.note())
            .setVersion(order.version())
            .setPlacedAt(ProtoTime.to(order.placedAt()));
    if (order.sealedAddress() != null) {
      message.setAddress(ShippingAddress.newBuilder().setDetail(order.sealedAddress()));
    }
    set(order.paidAt(), at -> message.setPaidAt(ProtoTime.to(at)));
    set(order.receivedAt(), at -> message.setReceivedAt(ProtoTime.to(at)));
    set(order.completedAt(), at -> message.setCompletedAt(ProtoTime.to(at)));
    set(order.afterSaleUntil(), at -> message.setAfterSaleUntil(ProtoTime.to(at)));
    order.lines().forEach(line -> message.addLines(line(line, !caller.isMember())));
    order.parcels().forEach(parcel -> message.addParcels(parcel(parcel)));
    order.timeline().forEach(entry -> message.addTimeline(entry(entry)));
    return message.build();
  }

  /** The state on the wire. */
  public static io.siyu.mall.proto.order.v1.OrderState state(OrderState state) {
    return io.siyu.mall.proto.order.v1.OrderState.valueOf(state.name());
  }

  /** The address of a request, checked. */
  public static Address address(ShippingAddress address) {
    return new Address(
            address.getReceiverName().strip(),
            address.getPhone().strip(),
            address.getProvince().strip(),
            address.getCity().strip(),
            address.getDistrict().strip(),
            address.getDetail().strip())
        .check();
  }

  /** The reason of a correction: staff give one, a member need not. */
  static String reason(String reason, Caller caller) {
    String text = reason.strip();
    Validation.start()
        .require(caller.isMember() || !text.isEmpty(), "reason", "must be given")
        .check();
    return text;
  }

  static Label label(String carrier, String trackingNumber) {
    return new Label(carrier.strip(), trackingNumber.strip());
  }

  static Shipment shipment(ShipParcelRequest request) {
    return new Shipment(
        label(request.getCarrier(), request.getTrackingNumber()),
        request.getLinesList().stream()
            .map(
                line ->
                    new Shipment.Content(
                        Ids.parse("lines.order_line_id", line.getOrderLineId()),
                        line.getQuantity()))
            .toList());
  }

  OrderFilter filter(ListOrdersRequest request, Caller caller) {
    boolean member = caller.isMember();
    Instant from = ProtoTime.from(request.getPlacedFrom());
    Instant until = ProtoTime.from(request.getPlacedUntil());
    Validation.start()
        .require(
            from == null || until == null || from.isBefore(until),
            "placed_until",
            "must be after placed_from")
        .range("member_ids", request.getMemberIdsCount(), 0, Bounds.MEMBERS)
        .check();
    String phone = Address.digits(request.getReceiverPhone());
    return new OrderFilter(
        state(request.getState()),
        member ? null : blankToNull(request.getBrandCode()),
        member
            ? List.of()
            : request.getMemberIdsList().stream().map(id -> Ids.parse("member_ids", id)).toList(),
        blankToNull(request.getOrderNo()),
        from,
        until,
        Ids.parseOptional("product_id", request.getProductId()),
        member || request.getReceiverPhone().isBlank() ? null : seal.phoneHash(phone),
        PageTokens.decode(request.getPageToken(), 2),
        PageSize.of(request.getPageSize()));
  }

  private static OrderState state(io.siyu.mall.proto.order.v1.OrderState state) {
    return switch (state) {
      case ORDER_STATE_UNSPECIFIED -> null;
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is not known");
      default -> OrderState.valueOf(state.name());
    };
  }

  private ShippingAddress address(io.siyu.mall.proto.order.v1.Order order, Caller caller) {
    Address address = seal.open(order);
    Address shown = seesAddress(order, caller) ? address : address.masked();
    return ShippingAddress.newBuilder()
        .setReceiverName(shown.receiverName())
        .setPhone(shown.phone())
        .setProvince(shown.province())
        .setCity(shown.city())
        .setDistrict(shown.district())
        .setDetail(shown.detail())
        .build();
  }

  private static boolean seesAddress(io.siyu.mall.proto.order.v1.Order order, Caller caller) {
    if (caller.isMember()) {
      return caller.memberIds().contains(Ids.parse("member_id", order.getMemberId()));
    }
    // Whoever ships for the brand itself; the platform's staff need no address.
    return caller
        .reachIn(OrdersGrpc.getShipParcelMethod())
        .brandCodes()
        .contains(order.getBrandCode());
  }

  private static io.siyu.mall.proto.order.v1.OrderLine line(
      OrderView.LineView line, boolean withAttribution) {
    io.siyu.mall.proto.order.v1.OrderLine.Builder message =
        io.siyu.mall.proto.order.v1.OrderLine.newBuilder()
            .setOrderLineId(line.id().toString())
            .setSkuId(line.skuId().toString())
            .setProductId(line.productId().toString())
            .setTitle(line.title())
            .setSpecText(line.specText())
            .setCoverUrl(line.coverUrl())
            .setQuantity(line.quantity())
            .setUnitPrice(ProtoMoney.to(line.unitPrice()))
            .setPaid(ProtoMoney.to(line.paid()))
            .setShippedQuantity(line.shipped())
            .setRefundingQuantity(line.claimed() + line.refunding() + line.refunded())
            .setRefundedQuantity(line.refunded())
            .setRefunded(ProtoMoney.to(line.refundedAmount()))
            .setAfterSaleDays(line.afterSaleDays())
            .setShippableQuantity(line.shippable());
    for (Reduction reduction : line.reductions()) {
      message.addReductions(reduction(reduction));
    }
    if (withAttribution) {
      message.setAttribution(OrderEventProto.attribution(line.attribution()));
    }
    return message.build();
  }

  /** A reduction on the wire. */
  public static PriceReduction reduction(Reduction reduction) {
    return PriceReduction.newBuilder()
        .setRule(reduction.rule())
        .setTitle(reduction.title())
        .setAmount(ProtoMoney.to(reduction.amount()))
        .build();
  }

  private static io.siyu.mall.proto.order.v1.Parcel parcel(OrderView.ParcelView parcel) {
    io.siyu.mall.proto.order.v1.Parcel.Builder message =
        io.siyu.mall.proto.order.v1.Parcel.newBuilder()
            .setParcelId(parcel.id().toString())
            .setCarrier(parcel.carrier())
            .setTrackingNumber(parcel.trackingNumber())
            .setShippedAt(ProtoTime.to(parcel.shippedAt()));
    for (OrderView.ContentView content : parcel.lines()) {
      message.addLines(
          ParcelLine.newBuilder()
              .setOrderLineId(content.orderLineId().toString())
              .setQuantity(content.quantity()));
    }
    return message.build();
  }

  private static TimelineEntry entry(OrderView.EntryView entry) {
    return TimelineEntry.newBuilder()
        .setKind(entry.kind())
        .setAt(ProtoTime.to(entry.at()))
        .setBy(entry.by())
        .setText(entry.text())
        .build();
  }

  private static void set(Instant at, Consumer<Instant> setter) {
    if (at != null) {
      setter.accept(at);
    }
  }

  private static String blankToNull(String text) {
    return text.isBlank() ? null : text;
  }
}
