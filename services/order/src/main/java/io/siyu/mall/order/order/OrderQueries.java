package io.siyu.mall.order.order;

import static java.util.stream.Collectors.groupingBy;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads orders and trades: SQL straight to views, ownership in the SQL. */
@ApplicationScoped
public class OrderQueries {

  private static final String TRADE =
      "SELECT t.id, t.member_id, t.state, t.payable, t.placed_at, t.expires_at, t.paid_at"
          + " FROM trade t WHERE t.id = ?";

  private static final String OF_PRODUCT =
      "o.id IN (SELECT l.order_id FROM order_line l WHERE l.product_id = ?)";

  private final Pool pool;
  private final OpenSql openSql;

  OrderQueries(Pool pool, OpenSql openSql) {
    this.pool = pool;
    this.openSql = openSql;
  }

  /** One order with all that belongs to it; NOT_FOUND when there is none in the scope. */
  public Uni<OrderView> order(OrderId id, Scope scope) {
    return pool.withConnection(c -> order(SqlTransaction.of(c), id, scope));
  }

  /** As {@link #order(OrderId, Scope)}, as the open transaction sees it. */
  public Uni<OrderView> writtenOrder(OrderId id, Scope scope) {
    return openSql.current().chain(sql -> order(sql, id, scope));
  }

  private static Uni<OrderView> order(SqlTransaction sql, OrderId id, Scope scope) {
    List<Object> params = new ArrayList<>(List.of(id.value()));
    String where = "o.id = ? AND " + scope.sql("o", params);
    return sql.select(OrderRows.ORDER + where, params.toArray())
        .map(rows -> rows.stream().map(OrderRows::order).toList())
        .chain(orders -> complete(sql, orders))
        .chain(
            orders ->
                orders.isEmpty()
                    ? Uni.createFrom().failure(notFound())
                    : withTimeline(sql, orders.get(0)));
  }

  /** Whether the member ever placed an order, whatever became of it. */
  public Uni<Boolean> hasOrders(UUID memberId) {
    return pool.withConnection(
        c ->
            SqlTransaction.of(c)
                .select("SELECT EXISTS (SELECT 1 FROM orders WHERE member_id = ?)", memberId)
                .map(rows -> rows.get(0).number(0) != 0));
  }

  /** Orders in the scope, newest first, without timeline. */
  public Uni<Page<OrderView>> list(OrderFilter filter, Scope scope) {
    List<Object> params = new ArrayList<>();
    String where = where(filter, scope, params);
    params.add(filter.size() + 1);
    return pool.withConnection(
        connection -> {
          SqlTransaction sql = SqlTransaction.of(connection);
          return sql.select(
                  OrderRows.ORDER + where + " ORDER BY o.placed_at DESC, o.id DESC LIMIT ?",
                  params.toArray())
              .map(rows -> page(rows.stream().map(OrderRows::order).toList(), filter.size()))
              .chain(
                  page ->
                      complete(sql, page.items())
                          .map(complete -> new Page<>(complete, page.nextToken())));
        });
  }

  /** A member's trade with its orders; NOT_FOUND for anybody else's. */
  public Uni<TradeView> trade(TradeId id, Scope scope) {
    return pool.withConnection(c -> trade(SqlTransaction.of(c), id, scope));
  }

  /** As {@link #trade(TradeId, Scope)}, as the open transaction sees it. */
  public Uni<TradeView> writtenTrade(TradeId id, Scope scope) {
    return openSql.current().chain(sql -> trade(sql, id, scope));
  }

  private static Uni<TradeView> trade(SqlTransaction sql, TradeId id, Scope scope) {
    List<Object> params = new ArrayList<>(List.of(id.value()));
    String where = "o.trade_id = ? AND " + scope.sql("o", params) + " ORDER BY o.brand_code, o.id";
    return sql.select(OrderRows.ORDER + where, params.toArray())
        .map(rows -> rows.stream().map(OrderRows::order).toList())
        .chain(orders -> complete(sql, orders))
        .chain(
            orders ->
                sql.select(TRADE, id.value())
                    .map(
                        rows -> {
                          if (rows.isEmpty() || orders.isEmpty()) {
                            throw DomainException.notFound(
                                Trades.TRADE_NOT_FOUND, "there is no such trade");
                          }
                          var row = rows.get(0);
                          return new TradeView(
                              row.uuid(0),
                              row.uuid(1),
                              TradeState.valueOf(row.text(2)),
                              row.fen(3),
                              row.instant(4),
                              row.instant(5),
                              row.instant(6),
                              orders);
                        }));
  }

  private static String where(OrderFilter filter, Scope scope, List<Object> params) {
    StringBuilder where = new StringBuilder(scope.sql("o", params));
    and(where, params, "o.state = ?", filter.state());
    and(where, params, "o.brand_code = ?", filter.brandCode());
    if (!filter.memberIds().isEmpty()) {
      where.append(" AND o.member_id IN (").append(Scope.marks(filter.memberIds().size()));
      where.append(')');
      params.addAll(filter.memberIds());
    }
    and(where, params, "o.order_no = ?", filter.orderNo());
    and(where, params, "o.placed_at >= ?", filter.placedFrom());
    and(where, params, "o.placed_at < ?", filter.placedUntil());
    and(where, params, "o.receiver_phone_hash = ?", filter.receiverPhoneHash());
    and(where, params, OF_PRODUCT, filter.productId());
    if (filter.after() != null) {
      where.append(" AND o.placed_at <= ? AND (o.placed_at < ? OR o.id < ?)");
      params.add(filter.after().instant(0));
      params.add(filter.after().instant(0));
      params.add(filter.after().uuid(1));
    }
    return where.toString();
  }

  private static void and(
      StringBuilder where, List<Object> params, String condition, Object value) {
    if (value != null) {
      where.append(" AND ").append(condition);
      params.add(value);
    }
  }

  private static Page<OrderView> page(List<OrderView> read, int size) {
    return Page.of(read, size, last -> PageTokens.encode(last.placedAt(), last.id()));
  }

  /** One session or connection runs one statement at a time. */
  private static Uni<List<OrderView>> complete(SqlTransaction sql, List<OrderView> orders) {
    if (orders.isEmpty()) {
      return Uni.createFrom().item(orders);
    }
    Object[] ids = orders.stream().map(OrderView::id).toArray();
    String marks = Scope.marks(ids.length);
    return sql.select(String.format(OrderRows.LINES, marks), ids)
        .chain(
            lineRows ->
                sql.select(String.format(OrderRows.PARCELS, marks), ids)
                    .map(
                        parcelRows -> {
                          Map<UUID, List<OrderView.LineView>> lines =
                              lineRows.stream()
                                  .map(OrderRows::line)
                                  .collect(groupingBy(OrderView.LineView::orderId));
                          Map<UUID, List<OrderView.ParcelView>> parcels =
                              OrderRows.parcels(parcelRows).stream()
                                  .collect(groupingBy(OrderView.ParcelView::orderId));
                          return orders.stream()
                              .map(
                                  o ->
                                      o.with(
                                          lines.getOrDefault(o.id(), List.of()),
                                          parcels.getOrDefault(o.id(), List.of()),
                                          List.of()))
                              .toList();
                        }));
  }

  private static Uni<OrderView> withTimeline(SqlTransaction sql, OrderView order) {
    return sql.select(OrderRows.TIMELINE, order.id())
        .map(
            rows ->
                order.with(
                    order.lines(), order.parcels(), rows.stream().map(OrderRows::entry).toList()));
  }

  private static DomainException notFound() {
    return DomainException.notFound(Orders.ORDER_NOT_FOUND, "there is no such order");
  }
}
