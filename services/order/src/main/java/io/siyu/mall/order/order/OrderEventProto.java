package io.siyu.mall.order.order;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.order.v1.AfterSaleEnded;
import io.siyu.mall.proto.order.v1.AfterSaleOpened;
import io.siyu.mall.proto.order.v1.EventLine;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderCancelled;
import io.siyu.mall.proto.order.v1.OrderClosed;
import io.siyu.mall.proto.order.v1.OrderCompleted;
import io.siyu.mall.proto.order.v1.OrderPaid;
import io.siyu.mall.proto.order.v1.OrderPlaced;
import io.siyu.mall.proto.order.v1.OrderReceived;
import java.util.Optional;

/** What happened to an order, as other services are told. */
public final class OrderEventProto {

  private OrderEventProto() {}

  /** Empty for what concerns this service alone. */
  static Optional<Message> of(Order order, OrderEvent event) {
    String id = order.id().toString();
    String member = order.memberId().toString();
    // Java 17: no pattern switch yet.
    if (event instanceof OrderEvent.Placed) {
      return message(OrderPlaced.newBuilder().setOrderId(id).setMemberId(member).build());
    } else if (event instanceof OrderEvent.Paid) {
      return message(paid(order));
    } else if (event instanceof OrderEvent.Cancelled e) {
      return message(
          OrderCancelled.newBuilder()
              .setOrderId(id)
              .setMemberId(member)
              .setReason(e.reason())
              .build());
    } else if (event instanceof OrderEvent.Received e) {
      return message(
          OrderReceived.newBuilder()
              .setOrderId(id)
              .setMemberId(member)
              .setReceivedAt(ProtoTime.to(e.at()))
              .setAfterSaleUntil(ProtoTime.to(e.afterSaleUntil()))
              .build());
    } else if (event instanceof OrderEvent.Completed e) {
      return message(
          OrderCompleted.newBuilder()
              .setOrderId(id)
              .setOrderNo(order.orderNo())
              .setMemberId(member)
              .setCompletedAt(ProtoTime.to(e.at()))
              .setNetPaid(ProtoMoney.to(e.netPaid()))
              .build());
    } else if (event instanceof OrderEvent.LineRefunded e) {
      return message(refunded(id, member, e));
    } else if (event instanceof OrderEvent.CaseOpened e) {
      return message(
          AfterSaleOpened.newBuilder()
              .setCaseId(e.caseId().toString())
              .setOrderId(id)
              .setOrderLineId(e.lineId().toString())
              .setOpenedAt(ProtoTime.to(e.at()))
              .build());
    } else if (event instanceof OrderEvent.CaseEnded e) {
      return message(
          AfterSaleEnded.newBuilder()
              .setCaseId(e.caseId().toString())
              .setOrderId(id)
              .setOrderLineId(e.lineId().toString())
              .setEndedAt(ProtoTime.to(e.at()))
              .build());
    } else if (event instanceof OrderEvent.Closed e) {
      return message(
          OrderClosed.newBuilder()
              .setOrderId(id)
              .setMemberId(member)
              .setClosedAt(ProtoTime.to(e.at()))
              .build());
    }
    return Optional.empty();
  }

  /** The snapshot as a message. */
  static LineAttribution attribution(byte[] encoded) {
    try {
      return LineAttribution.parseFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored attribution cannot be read", e);
    }
  }

  private static OrderPaid paid(Order order) {
    OrderPaid.Builder paid =
        OrderPaid.newBuilder()
            .setOrderId(order.id().toString())
            .setOrderNo(order.orderNo())
            .setTradeId(order.tradeId().toString())
            .setMemberId(order.memberId().toString())
            .setBrandId(order.brandId().toString())
            .setBrandCode(order.brandCode())
            .setPaid(ProtoMoney.to(order.payable()))
            .setPlacedAt(ProtoTime.to(order.times().placedAt()))
            .setPaidAt(ProtoTime.to(order.times().paidAt()));
    for (OrderLine line : order.lines()) {
      paid.addLines(
          EventLine.newBuilder()
              .setOrderLineId(line.id().toString())
              .setSkuId(line.skuId().toString())
              .setProductId(line.productId().toString())
              .setTitle(line.title())
              .setQuantity(line.quantity())
              .setPaid(ProtoMoney.to(line.paid()))
              .setAttribution(attribution(line.attribution().encoded())));
    }
    return paid.build();
  }

  private static LineRefunded refunded(String orderId, String member, OrderEvent.LineRefunded e) {
    return LineRefunded.newBuilder()
        .setOrderId(orderId)
        .setOrderLineId(e.lineId().toString())
        .setMemberId(member)
        .setRefundId(e.refundId().toString())
        .setSkuId(e.skuId().toString())
        .setQuantity(e.quantity())
        .setAmount(ProtoMoney.to(e.amount()))
        .setRestockQuantity(e.restocked())
        .setRefundedQuantityTotal(e.totalQuantity())
        .setRefundedTotal(ProtoMoney.to(e.totalAmount()))
        .setLineQuantity(e.lineQuantity())
        .setLinePaid(ProtoMoney.to(e.linePaid()))
        .setRefundedAt(ProtoTime.to(e.at()))
        .setAfterCompletion(e.afterCompletion())
        .build();
  }

  private static Optional<Message> message(Message payload) {
    return Optional.of(payload);
  }
}
