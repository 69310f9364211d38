package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.attribution.AttributionProto;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.common.v1.Difference;
import io.siyu.mall.proto.order.v1.LineFact;
import io.siyu.mall.proto.order.v1.OrderFact;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Checks on the wire, and another book's facts read from there. */
final class ReconciliationProto {

  private static final UUID UNTOLD = new UUID(0, 0);

  private ReconciliationProto() {}

  static io.siyu.mall.proto.common.v1.Check to(Check check) {
    var message =
        io.siyu.mall.proto.common.v1.Check.newBuilder()
            .setName(check.name())
            .setCompared(check.compared())
            .setDifferenceCount(check.count())
            .setDifferenceAmount(check.amount());
    check
        .differences()
        .forEach(
            d ->
                message.addDifferences(
                    Difference.newBuilder()
                        .setKey(d.key())
                        .setExpected(d.expected())
                        .setActual(d.actual())
                        .setMessage(d.message())));
    return message.build();
  }

  static OrderFacts facts(OrderFact fact) {
    UUID orderId = ProtoIds.from("facts.order_id", fact.getOrderId());
    Instant paidAt = ProtoTime.from(fact.getPaidAt());
    Map<UUID, LineFacts> lines = new HashMap<>();
    for (LineFact line : fact.getLinesList()) {
      UUID lineId = ProtoIds.from("facts.lines.order_line_id", line.getOrderLineId());
      lines.put(lineId, line(lineId, line));
    }
    return new OrderFacts(
        orderId,
        paidAt == null ? null : new OrderFacts.Header("", UNTOLD, UNTOLD, "", null, paidAt),
        ProtoTime.from(fact.getReceivedAt()),
        null,
        ProtoTime.from(fact.getCompletedAt()),
        null,
        lines,
        Map.of());
  }

  private static LineFacts line(UUID lineId, LineFact line) {
    return new LineFacts(
        lineId,
        new LineFacts.Sale(
            line.getSkuId(),
            "",
            "",
            line.getQuantity(),
            ProtoMoney.from(line.getPaid()),
            AttributionProto.from(line.getAttribution())),
        line.getRefundedQuantity(),
        ProtoMoney.from(line.getRefunded()));
  }
}
