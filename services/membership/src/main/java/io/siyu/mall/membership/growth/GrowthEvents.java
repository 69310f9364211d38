package io.siyu.mall.membership.growth;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderCompleted;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** What the order service tells, as far as it moves growth. */
@ApplicationScoped
public class GrowthEvents {

  private final RecordGrowth growth;

  @Inject
  GrowthEvents(RecordGrowth growth) {
    this.growth = growth;
  }

  /** The order brings growth for what stays paid. */
  public Uni<Void> completed(Event event, OrderCompleted payload, SqlConnection connection) {
    GrowthFact fact =
        new GrowthFact(
            GrowthSource.ORDER_COMPLETED,
            Ids.parse("order_id", payload.getOrderId()).toString(),
            Ids.parse("order_id", payload.getOrderId()),
            amount("net_paid", payload.getNetPaid()),
            time("completed_at", ProtoTime.from(payload.getCompletedAt())));
    return growth.record(
        SqlTransaction.of(connection), Ids.parse("member_id", payload.getMemberId()), fact);
  }

  /** A refund after completion takes growth back; one before is not part of what stayed paid. */
  public Uni<Void> refunded(Event event, LineRefunded payload, SqlConnection connection) {
    if (!payload.getAfterCompletion()) {
      return Uni.createFrom().voidItem();
    }
    GrowthFact fact =
        new GrowthFact(
            GrowthSource.LINE_REFUNDED,
            Ids.parse("refund_id", payload.getRefundId())
                + "/"
                + Ids.parse("order_line_id", payload.getOrderLineId()),
            Ids.parse("order_id", payload.getOrderId()),
            amount("amount", payload.getAmount()),
            time("refunded_at", ProtoTime.from(payload.getRefundedAt())));
    return growth.record(
        SqlTransaction.of(connection), Ids.parse("member_id", payload.getMemberId()), fact);
  }

  private static Money amount(String field, io.siyu.mall.proto.common.v1.Money money) {
    Money amount = ProtoMoney.from(money);
    Validation.start().require(amount.minor() >= 0, field, "must not be negative").check();
    return amount;
  }

  private static Instant time(String field, Instant time) {
    Validation.start().require(time != null, field, "must be set").check();
    return time;
  }
}
