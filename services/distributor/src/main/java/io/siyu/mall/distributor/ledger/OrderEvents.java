package io.siyu.mall.distributor.ledger;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.siyu.mall.distributor.attribution.AttributionProto;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.inbox.SqlBatchHandler.Taken;
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
import io.siyu.mall.text.Excerpt;
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

  /** Books the events of a delivery in one transaction. */
  public Uni<Void> book(List<Taken> events, SqlConnection sql) {
    return commands.book(SqlTransaction.of(sql), events.stream().map(OrderEvents::change).toList());
  }

  private static OrderChange change(Taken taken) {
    Event event = taken.event();
    Message payload = taken.payload();
    if (payload instanceof OrderPaid paid) {
      return paid(event, paid);
    } else if (payload instanceof OrderReceived received) {
      return new OrderChange.Received(
          order(received.getOrderId()),
          time(event, received.getReceivedAt()),
          micros(ProtoTime.from(received.getAfterSaleUntil())));
    } else if (payload instanceof OrderCompleted completed) {
      return new OrderChange.Completed(
          order(completed.getOrderId()), time(event, completed.getCompletedAt()));
    } else if (payload instanceof OrderClosed closed) {
      return new OrderChange.Closed(order(closed.getOrderId()), time(event, closed.getClosedAt()));
    } else if (payload instanceof LineRefunded refunded) {
      return refunded(event, refunded);
    } else if (payload instanceof AfterSaleOpened opened) {
      return new OrderChange.CaseOpened(
          order(opened.getOrderId()),
          line(opened.getOrderLineId()),
          ProtoIds.from("case_id", opened.getCaseId()),
          time(event, opened.getOpenedAt()));
    } else if (payload instanceof AfterSaleEnded ended) {
      return new OrderChange.CaseEnded(
          order(ended.getOrderId()),
          line(ended.getOrderLineId()),
          ProtoIds.from("case_id", ended.getCaseId()),
          time(event, ended.getEndedAt()));
    }
    throw new IllegalStateException("no mapping for " + event.getType());
  }

  private static OrderChange.Refunded refunded(Event event, LineRefunded payload) {
    if (payload.getRefundId().isEmpty() || payload.getRefundId().length() > 64) {
      throw DomainException.invalid("refund_id", "must have 1 to 64 characters");
    }
    return new OrderChange.Refunded(
        order(payload.getOrderId()),
        line(payload.getOrderLineId()),
        payload.getRefundId(),
        payload.getQuantity(),
        amount("amount", payload.getAmount()),
        payload.getRefundedQuantityTotal(),
        amount("refunded_total", payload.getRefundedTotal()),
        time(event, payload.getRefundedAt()));
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
        time(event, payload.getPaidAt()),
        lines);
  }

  /** As much of it as is kept. */
  private static String title(String told) {
    return Excerpt.of(told, LONGEST_TITLE);
  }

  private static Money amount(String field, io.siyu.mall.proto.common.v1.Money money) {
    Money amount = ProtoMoney.from(money);
    if (amount.isNegative()) {
      throw DomainException.invalid(field, "must not be negative");
    }
    return amount;
  }

  private static UUID line(String id) {
    return ProtoIds.from("order_line_id", id);
  }

  private static UUID order(String id) {
    return ProtoIds.from("order_id", id);
  }

  /** The fact's own time, else the event's. */
  private static Instant time(Event event, Timestamp when) {
    Instant told = ProtoTime.from(when);
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
