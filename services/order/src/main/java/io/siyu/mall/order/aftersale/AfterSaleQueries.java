package io.siyu.mall.order.aftersale;

import io.siyu.mall.order.order.OpenSql;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.Page;
import io.siyu.mall.order.order.Scope;
import io.siyu.mall.order.payment.PaymentQueries;
import io.siyu.mall.order.payment.RefundLimits;
import io.siyu.mall.order.payment.RefundState;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Reads cases: SQL straight to views, ownership in the SQL. */
@ApplicationScoped
public class AfterSaleQueries {

  private static final String CASES =
      "SELECT c.id, c.case_no, c.order_id, c.order_line_id, c.member_id, c.brand_code, c.kind,"
          + " c.state, c.quantity, c.refund_amount, c.reason_code, c.note, c.picture_urls,"
          + " c.decision_reason, c.return_carrier, c.return_tracking_number, c.refund_id,"
          + " c.opened_at, c.due_at, f.state, f.due_at, f.decide_by, p.succeeded_at, "
          + PaymentQueries.USED_REFUNDS
          + " FROM after_sale_case c JOIN orders o ON o.id = c.order_id"
          + " JOIN payment p ON p.id = o.payment_id LEFT JOIN refund r ON r.id = c.refund_id"
          + " LEFT JOIN refund f ON f.id = COALESCE(r.sent_with, r.id) WHERE ";
  private static final String TIMELINE =
      "SELECT kind, at, by_whom, text FROM after_sale_timeline WHERE case_id = ? ORDER BY id";
  private static final TextListConverter LISTS = new TextListConverter();

  private final Pool pool;
  private final OpenSql openSql;
  private final Clock clock;

  AfterSaleQueries(Pool pool, OpenSql openSql, Clock clock) {
    this.clock = clock;
    this.pool = pool;
    this.openSql = openSql;
  }

  /**
   * Which cases to list; null is any.
   *
   * @param after the last entry of the page before, or null
   */
  public record Filter(
      AfterSaleState state, OrderId order, String brandCode, PageKey after, int size) {}

  /** One case with its history; NOT_FOUND when there is none in the scope. */
  public Uni<CaseView> get(CaseId id, Scope scope) {
    return pool.withConnection(c -> get(SqlTransaction.of(c), id, scope));
  }

  /** As above, as the open transaction sees it. */
  public Uni<CaseView> written(CaseId id, Scope scope) {
    return openSql.current().chain(sql -> get(sql, id, scope));
  }

  private Uni<CaseView> get(SqlTransaction sql, CaseId id, Scope scope) {
    List<Object> params = new ArrayList<>(List.of(id.value()));
    String where = "c.id = ? AND " + scope.sql("c", params);
    return sql.select(CASES + where, params.toArray())
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(
                    AfterSaleCases.CASE_NOT_FOUND, "there is no such after-sale case");
              }
              return view(rows.get(0));
            })
        .chain(
            view ->
                sql.select(TIMELINE, id.value())
                    .map(rows -> view.with(rows.stream().map(AfterSaleQueries::entry).toList())));
  }

  /** Cases in the scope, newest first, without history. */
  public Uni<Page<CaseView>> list(Filter filter, Scope scope) {
    List<Object> params = new ArrayList<>();
    StringBuilder where = new StringBuilder(scope.sql("c", params));
    and(where, params, "c.state = ?", filter.state());
    and(where, params, "c.order_id = ?", filter.order() == null ? null : filter.order().value());
    and(where, params, "c.brand_code = ?", filter.brandCode());
    if (filter.after() != null) {
      where.append(" AND c.opened_at <= ? AND (c.opened_at < ? OR c.id < ?)");
      params.add(filter.after().instant(0));
      params.add(filter.after().instant(0));
      params.add(filter.after().uuid(1));
    }
    params.add(filter.size() + 1);
    String sql = CASES + where + " ORDER BY c.opened_at DESC, c.id DESC LIMIT ?";
    return pool.withConnection(c -> SqlTransaction.of(c).select(sql, params.toArray()))
        .map(rows -> rows.stream().map(this::view).toList())
        .map(
            read ->
                Page.of(
                    read, filter.size(), last -> PageTokens.encode(last.openedAt(), last.id())));
  }

  private static void and(
      StringBuilder where, List<Object> params, String condition, Object value) {
    if (value != null) {
      where.append(" AND ").append(condition);
      params.add(value);
    }
  }

  private CaseView view(SqlRow row) {
    AfterSaleState state = AfterSaleState.valueOf(row.text(7));
    RefundState refund = row.text(19) == null ? null : RefundState.valueOf(row.text(19));
    return new CaseView(
        new CaseId(row.uuid(0)),
        row.text(1),
        row.uuid(2),
        row.uuid(3),
        row.uuid(4),
        row.text(5),
        AfterSaleKind.valueOf(row.text(6)),
        state,
        row.number(8),
        row.fen(9),
        row.text(10),
        row.text(11),
        LISTS.convertToEntityAttribute(row.text(12)),
        row.text(13),
        row.text(14),
        row.text(15),
        row.uuid(16),
        row.instant(17),
        row.instant(18),
        NextStep.of(state, refund, row.instant(18), row.instant(20), row.instant(21)),
        RefundLimits.warning(row.number(23), row.instant(22), clock.instant()),
        List.of());
  }

  private static CaseView.Entry entry(SqlRow row) {
    return new CaseView.Entry(row.text(0), row.instant(1), row.text(2), row.text(3));
  }
}
