package io.siyu.mall.distributor.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.siyu.mall.distributor.attribution.Attribution;
import io.siyu.mall.distributor.attribution.AttributionProto;
import io.siyu.mall.distributor.attribution.AttributionQueries.Answer;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads and writes the rows that facts of orders are kept in. */
@ApplicationScoped
class FactRows {

  private static final String ORDERS =
      "SELECT order_id, order_no, member_id, brand_id, brand_code, placed_at, paid_at, received_at,"
          + " window_until, completed_at, closed_at FROM order_facts WHERE order_id IN ";
  private static final String LINES =
      "SELECT order_id, order_line_id, sku_id, product_id, title, quantity, paid_fen, attribution,"
          + " refunded_quantity, refunded_fen FROM line_facts WHERE order_id IN ";
  private static final String CASES =
      "SELECT order_id, case_id, order_line_id, opened_at, ended_at FROM case_facts"
          + " WHERE order_id IN ";

  /** What is known of the orders; those that nothing is known of are left out. */
  Uni<Map<UUID, OrderFacts>> read(SqlReader from, Collection<UUID> orderIds) {
    Object[] ids = orderIds.toArray();
    String in = "(" + Marks.list(ids.length) + ")";
    return from.select(ORDERS + in, ids)
        .chain(
            orders ->
                from.select(LINES + in, ids)
                    .chain(
                        lines ->
                            from.select(CASES + in, ids)
                                .map(cases -> assemble(orders, lines, cases))));
  }

  Uni<Void> write(
      SqlTransaction tx,
      List<OrderChange> changes,
      Map<UUID, OrderFacts> before,
      Collection<OrderFacts> after) {
    return writeOrders(tx, after)
        .chain(() -> writeLines(tx, before, after))
        .chain(() -> writeCases(tx, before, after))
        .chain(() -> writeRefunds(tx, changes))
        .replaceWithVoid();
  }

  private static Uni<Integer> writeOrders(SqlTransaction tx, Collection<OrderFacts> after) {
    SqlValues rows =
        SqlValues.into(
                "order_facts",
                "order_id",
                "order_no",
                "member_id",
                "brand_id",
                "brand_code",
                "placed_at",
                "paid_at",
                "received_at",
                "window_until",
                "completed_at",
                "closed_at")
            .orUpdate(
                "order_no = VALUES(order_no), member_id = VALUES(member_id),"
                    + " brand_id = VALUES(brand_id), brand_code = VALUES(brand_code),"
                    + " placed_at = VALUES(placed_at), paid_at = VALUES(paid_at),"
                    + " received_at = VALUES(received_at), window_until = VALUES(window_until),"
                    + " completed_at = VALUES(completed_at), closed_at = VALUES(closed_at)");
    for (OrderFacts order : after) {
      OrderFacts.Header h = order.header();
      rows.row(
          order.orderId(),
          h == null ? null : h.orderNo(),
          h == null ? null : h.memberId(),
          h == null ? null : h.brandId(),
          h == null ? null : h.brandCode(),
          h == null ? null : h.placedAt(),
          h == null ? null : h.paidAt(),
          order.receivedAt(),
          order.windowUntil(),
          order.completedAt(),
          order.closedAt());
    }
    return tx.insert(rows);
  }

  private static Uni<Integer> writeLines(
      SqlTransaction tx, Map<UUID, OrderFacts> before, Collection<OrderFacts> after) {
    SqlValues rows =
        SqlValues.into(
                "line_facts",
                "order_line_id",
                "order_id",
                "sku_id",
                "product_id",
                "title",
                "quantity",
                "paid_fen",
                "attribution",
                "touch_id",
                "refunded_quantity",
                "refunded_fen")
            .orUpdate(
                "sku_id = VALUES(sku_id), product_id = VALUES(product_id),"
                    + " title = VALUES(title), quantity = VALUES(quantity),"
                    + " paid_fen = VALUES(paid_fen), attribution = VALUES(attribution),"
                    + " touch_id = VALUES(touch_id),"
                    + " refunded_quantity = VALUES(refunded_quantity),"
                    + " refunded_fen = VALUES(refunded_fen)");
    for (OrderFacts order : after) {
      Map<UUID, LineFacts> known = before.get(order.orderId()).lines();
      order.lines().values().stream()
          .filter(line -> !line.equals(known.get(line.lineId())))
          .forEach(line -> addLine(rows, order.orderId(), line));
    }
    return tx.insert(rows);
  }

  private static void addLine(SqlValues rows, UUID orderId, LineFacts line) {
    LineFacts.Sale sale = line.sale();
    rows.row(
        line.lineId(),
        orderId,
        sale == null ? null : sale.skuId(),
        sale == null ? null : sale.productId(),
        sale == null ? null : sale.title(),
        sale == null ? null : sale.quantity(),
        sale == null ? null : sale.base(),
        sale == null ? null : bytes(line.lineId(), sale.attribution()),
        sale == null ? null : sale.attribution().touchId(),
        line.refundedQuantity(),
        line.refunded());
  }

  private static Uni<Integer> writeCases(
      SqlTransaction tx, Map<UUID, OrderFacts> before, Collection<OrderFacts> after) {
    SqlValues rows =
        SqlValues.into(
                "case_facts", "case_id", "order_id", "order_line_id", "opened_at", "ended_at")
            .orUpdate("opened_at = VALUES(opened_at), ended_at = VALUES(ended_at)");
    for (OrderFacts order : after) {
      Map<UUID, CaseFacts> known = before.get(order.orderId()).cases();
      order.cases().values().stream()
          .filter(held -> !held.equals(known.get(held.caseId())))
          .forEach(
              held ->
                  rows.row(
                      held.caseId(),
                      order.orderId(),
                      held.lineId(),
                      held.openedAt(),
                      held.endedAt()));
    }
    return tx.insert(rows);
  }

  private static Uni<Integer> writeRefunds(SqlTransaction tx, List<OrderChange> changes) {
    SqlValues rows =
        SqlValues.intoUnlessThere(
            "refund_facts", "refund_id", "order_line_id", "quantity", "amount_fen", "refunded_at");
    for (OrderChange change : changes) {
      if (change instanceof OrderChange.Refunded refunded) {
        rows.row(
            refunded.refundId(),
            refunded.lineId(),
            refunded.quantity(),
            refunded.amount(),
            refunded.at());
      }
    }
    return tx.insert(rows);
  }

  private static Map<UUID, OrderFacts> assemble(
      List<SqlRow> orders, List<SqlRow> lines, List<SqlRow> cases) {
    Map<UUID, Map<UUID, LineFacts>> linesOf = new HashMap<>();
    for (SqlRow row : lines) {
      linesOf
          .computeIfAbsent(row.uuid(0), id -> new HashMap<>())
          .put(row.uuid(1), new LineFacts(row.uuid(1), sale(row), row.number(8), row.fen(9)));
    }
    Map<UUID, Map<UUID, CaseFacts>> casesOf = new HashMap<>();
    for (SqlRow row : cases) {
      casesOf
          .computeIfAbsent(row.uuid(0), id -> new HashMap<>())
          .put(
              row.uuid(1), new CaseFacts(row.uuid(1), row.uuid(2), row.instant(3), row.instant(4)));
    }
    Map<UUID, OrderFacts> facts = new LinkedHashMap<>();
    for (SqlRow row : orders) {
      UUID id = row.uuid(0);
      OrderFacts.Header header =
          row.isNull(6)
              ? null
              : new OrderFacts.Header(
                  row.text(1),
                  row.uuid(2),
                  row.uuid(3),
                  row.text(4),
                  row.instant(5),
                  row.instant(6));
      facts.put(
          id,
          new OrderFacts(
              id,
              header,
              row.instant(7),
              row.instant(8),
              row.instant(9),
              row.instant(10),
              linesOf.getOrDefault(id, Map.of()),
              casesOf.getOrDefault(id, Map.of())));
    }
    return facts;
  }

  private static LineFacts.Sale sale(SqlRow row) {
    return row.isNull(7)
        ? null
        : new LineFacts.Sale(
            row.text(2),
            row.text(3),
            row.text(4),
            row.number(5),
            row.fen(6),
            attribution(row.bytes(7)));
  }

  private static byte[] bytes(UUID lineId, Attribution attribution) {
    return AttributionProto.to(new Answer(lineId.toString(), attribution)).toByteArray();
  }

  static Attribution attribution(byte[] stored) {
    try {
      return AttributionProto.from(LineAttribution.parseFrom(stored));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored attribution cannot be read", e);
    }
  }
}
