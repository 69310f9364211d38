package io.siyu.mall.order.reconciliation;

import static java.util.stream.Collectors.groupingBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.order.v1.LineFact;
import io.siyu.mall.proto.order.v1.ListOrderFactsResponse;
import io.siyu.mall.proto.order.v1.OrderFact;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** What is held true of orders here, for other services' books to be compared with. */
@ApplicationScoped
public class OrderFacts {

  private static final String ORDERS =
      "SELECT id, member_id, state, paid_at, received_at, completed_at, freight FROM orders"
          + " WHERE id > ? ORDER BY id LIMIT ?";
  private static final String LINES =
      "SELECT order_id, id, sku_id, quantity, refunded_quantity, restocked_quantity, paid,"
          + " refunded_amount, attribution FROM order_line WHERE order_id IN (%s)"
          + " ORDER BY order_id, position";
  // Parked events do not count: without help they never arrive, and the difference is real.
  private static final String PENDING =
      "SELECT COUNT(*) FROM outbox WHERE subscriber IN ('catalog', 'distributor', 'membership')"
          + " AND aggregate_type = 'order' AND aggregate_id IN (%s) AND parked_at IS NULL";
  private static final UUID FIRST = new UUID(0, 0);

  private final Pool pool;

  OrderFacts(Pool pool) {
    this.pool = pool;
  }

  /** One page, by order id, on one snapshot. */
  public Uni<ListOrderFactsResponse> page(PageKey after, int size) {
    return pool.withTransaction(
        connection -> {
          SqlTransaction sql = SqlTransaction.of(connection);
          return sql.select(ORDERS, after == null ? FIRST : after.uuid(0), size + 1)
              .chain(rows -> page(sql, rows, size));
        });
  }

  private static Uni<ListOrderFactsResponse> page(SqlTransaction sql, List<SqlRow> read, int size) {
    List<SqlRow> orders = read.size() > size ? read.subList(0, size) : read;
    ListOrderFactsResponse.Builder response = ListOrderFactsResponse.newBuilder();
    if (orders.isEmpty()) {
      return Uni.createFrom().item(response.build());
    }
    if (read.size() > size) {
      response.setNextPageToken(PageTokens.encode(orders.get(size - 1).uuid(0)));
    }
    String marks = "?" + ", ?".repeat(orders.size() - 1);
    List<Object> ids = new ArrayList<>();
    List<Object> texts = new ArrayList<>();
    orders.forEach(
        row -> {
          ids.add(row.uuid(0));
          texts.add(row.uuid(0).toString());
        });
    return sql.select(String.format(LINES, marks), ids.toArray())
        .invoke(
            lines -> {
              Map<UUID, List<SqlRow>> byOrder =
                  lines.stream().collect(groupingBy(row -> row.uuid(0)));
              orders.forEach(
                  row ->
                      response.addFacts(fact(row, byOrder.getOrDefault(row.uuid(0), List.of()))));
            })
        .chain(() -> sql.select(String.format(PENDING, marks), texts.toArray()))
        .map(rows -> response.setEventsPending(rows.get(0).number(0) > 0).build());
  }

  private static OrderFact fact(SqlRow row, List<SqlRow> lines) {
    OrderFact.Builder fact =
        OrderFact.newBuilder()
            .setOrderId(row.uuid(0).toString())
            .setMemberId(row.uuid(1).toString())
            .setState(row.text(2))
            .setFreight(ProtoMoney.to(row.fen(6)));
    set(row.instant(3), at -> fact.setPaidAt(ProtoTime.to(at)));
    set(row.instant(4), at -> fact.setReceivedAt(ProtoTime.to(at)));
    set(row.instant(5), at -> fact.setCompletedAt(ProtoTime.to(at)));
    lines.forEach(line -> fact.addLines(line(line)));
    return fact.build();
  }

  private static LineFact line(SqlRow row) {
    return LineFact.newBuilder()
        .setOrderLineId(row.uuid(1).toString())
        .setSkuId(row.uuid(2).toString())
        .setQuantity(row.number(3))
        .setRefundedQuantity(row.number(4))
        .setRestockedQuantity(row.number(5))
        .setPaid(ProtoMoney.to(row.fen(6)))
        .setRefunded(ProtoMoney.to(row.fen(7)))
        .setAttribution(attribution(row.bytes(8)))
        .build();
  }

  private static LineAttribution attribution(byte[] encoded) {
    try {
      return LineAttribution.parseFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored attribution cannot be read", e);
    }
  }

  private static void set(Instant at, Consumer<Instant> setter) {
    if (at != null) {
      setter.accept(at);
    }
  }
}
