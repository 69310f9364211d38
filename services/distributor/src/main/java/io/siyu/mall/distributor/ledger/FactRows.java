package io.siyu.mall.distributor.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.siyu.mall.distributor.attribution.Attribution;
import io.siyu.mall.distributor.attribution.AttributionProto;
import io.siyu.mall.distributor.attribution.AttributionQueries.Answer;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
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
        .chain(() -> writeRefunds(tx, changes));
  }

  private static Uni<Void> writeOrders(SqlTransaction tx, Collection<OrderFacts> after) {
    List<Object> params = new ArrayList<>();
    for (OrderFacts order : after) {
      OrderFacts.Header h = order.header();
      params.add(order.orderId());
      params.add(h == null ? null : h.orderNo());
      params.add(h == null ? null : h.memberId());
      params.add(h == null ? null : h.brandId());
      params.add(h == null ? null : h.brandCode());
      params.add(h == null ? null : h.placedAt());
      params.add(h == null ? null : h.paidAt());
      params.add(order.receivedAt());
      params.add(order.windowUntil());
      params.add(order.completedAt());
      params.add(order.closedAt());
    }
    return tx.execute(
            "INSERT INTO order_facts (order_id, order_no, member_id, brand_id, brand_code,"
                + " placed_at, paid_at, received_at, window_until, completed_at, closed_at) VALUES "
                + Marks.rows(after.size(), 11)
                + " ON DUPLICATE KEY UPDATE order_no = VALUES(order_no),"
                + " member_id = VALUES(member_id), brand_id = VALUES(brand_id),"
                + " brand_code = VALUES(brand_code), placed_at = VALUES(placed_at),"
                + " paid_at = VALUES(paid_at), received_at = VALUES(received_at),"
                + " window_until = VALUES(window_until), completed_at = VALUES(completed_at),"
                + " closed_at = VALUES(closed_at)",
            params.toArray())
        .replaceWithVoid();
  }

  private static Uni<Void> writeLines(
      SqlTransaction tx, Map<UUID, OrderFacts> before, Collection<OrderFacts> after) {
    List<Object> params = new ArrayList<>();
    int rows = 0;
    for (OrderFacts order : after) {
      Map<UUID, LineFacts> known = before.get(order.orderId()).lines();
      for (LineFacts line : order.lines().values()) {
        if (line.equals(known.get(line.lineId()))) {
          continue;
        }
        rows++;
        LineFacts.Sale sale = line.sale();
        params.add(line.lineId());
        params.add(order.orderId());
        params.add(sale == null ? null : sale.skuId());
        params.add(sale == null ? null : sale.productId());
        params.add(sale == null ? null : sale.title());
        params.add(sale == null ? null : sale.quantity());
        params.add(sale == null ? null : sale.base());
        params.add(sale == null ? null : bytes(line.lineId(), sale.attribution()));
        params.add(sale == null ? null : sale.attribution().touchId());
        params.add(line.refundedQuantity());
        params.add(line.refunded());
      }
    }
    return rows == 0
        ? Uni.createFrom().voidItem()
        : tx.execute(
                "INSERT INTO line_facts (order_line_id, order_id, sku_id, product_id, title,"
                    + " quantity, paid_fen, attribution, touch_id, refunded_quantity, refunded_fen)"
                    + " VALUES "
                    + Marks.rows(rows, 11)
                    + " ON DUPLICATE KEY UPDATE sku_id = VALUES(sku_id),"
                    + " product_id = VALUES(product_id), title = VALUES(title),"
                    + " quantity = VALUES(quantity), paid_fen = VALUES(paid_fen),"
                    + " attribution = VALUES(attribution), touch_id = VALUES(touch_id),"
                    + " refunded_quantity = VALUES(refunded_quantity),"
                    + " refunded_fen = VALUES(refunded_fen)",
                params.toArray())
            .replaceWithVoid();
  }

  private static Uni<Void> writeCases(
      SqlTransaction tx, Map<UUID, OrderFacts> before, Collection<OrderFacts> after) {
    List<Object> params = new ArrayList<>();
    int rows = 0;
    for (OrderFacts order : after) {
      Map<UUID, CaseFacts> known = before.get(order.orderId()).cases();
      for (CaseFacts held : order.cases().values()) {
        if (!held.equals(known.get(held.caseId()))) {
          rows++;
          params.add(held.caseId());
          params.add(order.orderId());
          params.add(held.lineId());
          params.add(held.openedAt());
          params.add(held.endedAt());
        }
      }
    }
    return rows == 0
        ? Uni.createFrom().voidItem()
        : tx.execute(
                "INSERT INTO case_facts (case_id, order_id, order_line_id, opened_at, ended_at)"
                    + " VALUES "
                    + Marks.rows(rows, 5)
                    + " ON DUPLICATE KEY UPDATE opened_at = VALUES(opened_at),"
                    + " ended_at = VALUES(ended_at)",
                params.toArray())
            .replaceWithVoid();
  }

  private static Uni<Void> writeRefunds(SqlTransaction tx, List<OrderChange> changes) {
    List<Object> params = new ArrayList<>();
    int rows = 0;
    for (OrderChange change : changes) {
      if (change instanceof OrderChange.Refunded refunded) {
        rows++;
        params.add(refunded.refundId());
        params.add(refunded.lineId());
        params.add(refunded.quantity());
        params.add(refunded.amount());
        params.add(refunded.at());
      }
    }
    return rows == 0
        ? Uni.createFrom().voidItem()
        : tx.execute(
                "INSERT IGNORE INTO refund_facts"
                    + " (refund_id, order_line_id, quantity, amount_fen, refunded_at) VALUES "
                    + Marks.rows(rows, 5),
                params.toArray())
            .replaceWithVoid();
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
