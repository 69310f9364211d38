package io.siyu.mall.membership.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.DeliverRequest;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.EventSinkGrpc;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderCompleted;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events as the order service sends them. */
final class OrderEvents {

  private OrderEvents() {}

  static Event completed(String member, UUID order, long netFen, Instant at) {
    return event(
        order,
        at,
        OrderCompleted.newBuilder()
            .setOrderId(order.toString())
            .setOrderNo("S1")
            .setMemberId(member)
            .setCompletedAt(ProtoTime.to(at))
            .setNetPaid(ProtoMoney.to(Money.fen(netFen)))
            .build());
  }

  static Event refunded(String member, UUID order, long fen, boolean afterCompletion, Instant at) {
    return event(
        order,
        at,
        LineRefunded.newBuilder()
            .setOrderId(order.toString())
            .setOrderLineId(UUID.randomUUID().toString())
            .setMemberId(member)
            .setRefundId(UUID.randomUUID().toString())
            .setSkuId(UUID.randomUUID().toString())
            .setQuantity(1)
            .setAmount(ProtoMoney.to(Money.fen(fen)))
            .setRefundedAt(ProtoTime.to(at))
            .setAfterCompletion(afterCompletion)
            .build());
  }

  static Event event(UUID order, Instant at, Message payload) {
    return Event.newBuilder()
        .setEventId(UUID.randomUUID().toString())
        .setType(payload.getDescriptorForType().getFullName())
        .setAggregateType("order")
        .setAggregateId(order.toString())
        .setOccurredAt(ProtoTime.to(at))
        .setPayload(Any.pack(payload))
        .build();
  }

  static List<EventResult> deliver(Event... events) {
    return deliver(List.of(events));
  }

  static List<EventResult> deliver(List<Event> events) {
    return TestGrpc.as(TestTokens.service("order"), EventSinkGrpc::newBlockingStub)
        .deliver(DeliverRequest.newBuilder().addAllEvents(events).build())
        .getResultsList();
  }
}
