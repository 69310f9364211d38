package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.attribution.AttributionProto;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.order.v1.AfterSaleEnded;
import io.siyu.mall.proto.order.v1.AfterSaleOpened;
import io.siyu.mall.proto.order.v1.EventLine;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderClosed;
import io.siyu.mall.proto.order.v1.OrderCompleted;
import io.siyu.mall.proto.order.v1.OrderPaid;
import io.siyu.mall.proto.order.v1.OrderReceived;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the order service tells, mapped and booked. */
@ApplicationScoped
public class OrderEvents {

  private static final int LONGEST_TITLE = 255;

  private final LedgerCommands commands;

  OrderEvents(LedgerCommands commands) {
    this.commands = commands;
  }

  public Uni<Void> paid(Event event, OrderPaid payload, SqlConnection sql) {
    return book(sql, paid(event, payload));
  }

  public Uni<Void> received(Event event, OrderReceived payload, SqlConnection sql) {
    return book(
        sql,
        new OrderChange.Received(
            order(payload.getOrderId()),
            time(event, ProtoTime.from(payload.getReceivedAt())),
            micros(ProtoTime.from(payload.getAfterSaleUntil()))));
  }

  public Uni<Void> completed(Event event, OrderCompleted payload, SqlConnection sql) {
    return book(
        sql,
        new OrderChange.Completed(
            order(payload.getOrderId()), time(event, ProtoTime.from(payload.getCompletedAt()))));
  }

  public Uni<Void> closed(Event event, OrderClosed payload, SqlConnection sql) {
    return book(
        sql,
        new OrderChange.Closed(
            order(payload.getOrderId()), time(event, ProtoTime.from(payload.getClosedAt()))));
  }

  public Uni<Void> refunded(Event event, LineRefunded payload, SqlConnection sql) {
    if (payload.getRefundId().isEmpty() || payload.getRefundId().length() > 64) {
      throw DomainException.invalid("refund_id", "must have 1 to 64 characters");
    }
    return book(
        sql,
        new OrderChange.Refunded(
            order(payload.getOrderId()),
            ProtoIds.from("order_line_id", payload.getOrderLineId()),
            payload.getRefundId(),
            payload.getQuantity(),
            amount("amount", payload.getAmount()),
            payload.getRefundedQuantityTotal(),
            amount("refunded_total", payload.getRefundedTotal()),
            time(event, ProtoTime.from(payload.getRefundedAt()))));
  }

  public Uni<Void> caseOpened(Event event, AfterSaleOpened payload, SqlConnection sql) {
    return book(
        sql,
        new OrderChange.CaseOpened(
            order(payload.getOrderId()),
            ProtoIds.from("order_line_id", payload.getOrderLineId()),
            ProtoIds.from("case_id", payload.getCaseId()),
            time(event, ProtoTime.from(payload.getOpenedAt()))));
  }

  public Uni<Void> caseEnded(Event event, AfterSaleEnded payload, SqlConnection sql) {
    return book(
        sql,
        new OrderChange.CaseEnded(
            order(payload.getOrderId()),
            ProtoIds.from("order_line_id", payload.getOrderLineId()),
            ProtoIds.from("case_id", payload.getCaseId()),
            time(event, ProtoTime.from(payload.getEndedAt()))));
  }

  private Uni<Void> book(SqlConnection sql, OrderChange change) {
    return commands.book(SqlTransaction.of(sql), List.of(change));
  }

  private static OrderChange.Paid paid(Event event, OrderPaid payload) {
    Map<UUID, LineFacts.Sale> lines = new LinkedHashMap<>();
    for (EventLine line : payload.getLinesList()) {
      lines.put(
          ProtoIds.from("lines.order_line_id", line.getOrderLineId()),
          new LineFacts.Sale(
              line.getSkuId(),
              line.getProductId(),
              title(line.getTitle()),
              line.getQuantity(),
              amount("lines.paid", line.getPaid()),
              AttributionProto.from(line.getAttribution())));
    }
    return new OrderChange.Paid(
        order(payload.getOrderId()),
        payload.getOrderNo(),
        ProtoIds.from("member_id", payload.getMemberId()),
        ProtoIds.from("brand_id", payload.getBrandId()),
        payload.getBrandCode(),
        micros(ProtoTime.from(payload.getPlacedAt())),
        time(event, ProtoTime.from(payload.getPaidAt())),
        lines);
  }

  /** As much of it as is kept. */
  private static String title(String told) {
    return told.length() > LONGEST_TITLE ? told.substring(0, LONGEST_TITLE) : told;
  }

  private static Money amount(String field, io.siyu.mall.proto.common.v1.Money money) {
    Money amount = ProtoMoney.from(money);
    if (amount.isNegative()) {
      throw DomainException.invalid(field, "must not be negative");
    }
    return amount;
  }

  private static UUID order(String id) {
    return ProtoIds.from("order_id", id);
  }

  /** The fact's own time, else the event's. */
  private static Instant time(Event event, Instant told) {
    Instant at = told == null ? ProtoTime.from(event.getOccurredAt()) : told;
    if (at == null) {
      throw DomainException.invalid("occurred_at", "must be given");
    }
    return micros(at);
  }

  /** What the database can hold, so that what is read back equals what was told. */
  private static Instant micros(Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
  }
}
