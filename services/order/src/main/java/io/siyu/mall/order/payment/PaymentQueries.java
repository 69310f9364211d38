package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.OpenSql;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.Page;
import io.siyu.mall.order.order.Scope;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads payments and refunds. */
@ApplicationScoped
public class PaymentQueries {

  private static final String PAYMENTS =
      "SELECT p.id, p.trade_id, p.provider, p.transaction_id, p.state, p.amount, p.created_at,"
          + " p.succeeded_at FROM payment p WHERE ";

  /** How many refunds of payment p the provider has. */
  public static final String USED_REFUNDS =
      "(SELECT COUNT(*) FROM refund u WHERE u.payment_id = p.id AND u.sent_with = u.id"
          + " AND u.provider_refund_id IS NOT NULL)";

  private static final String REFUNDS =
      "SELECT r.id, r.payment_id, r.trade_id, r.order_id, r.case_id, r.state, r.amount, r.reason,"
          + " r.failure, r.attempts, r.requested_at, r.succeeded_at, r.sent_with,"
          + " COALESCE(r.sent_amount, r.amount), r.due_at, r.decide_by, p.succeeded_at, "
          + USED_REFUNDS
          + " FROM refund r JOIN payment p ON p.id = r.payment_id WHERE ";
  private static final String DECISIONS =
      "SELECT refund_id, kind, at, by_whom, reference, note FROM refund_decision"
          + " WHERE refund_id IN (%s) ORDER BY at, id";

  private final Pool pool;
  private final OpenSql openSql;
  private final Clock clock;

  PaymentQueries(Pool pool, OpenSql openSql, Clock clock) {
    this.clock = clock;
    this.pool = pool;
    this.openSql = openSql;
  }

  /** A payment as it is read. */
  public record PaymentView(
      PaymentId id,
      UUID tradeId,
      Provider provider,
      String transactionId,
      PaymentState state,
      Money amount,
      Instant createdAt,
      Instant succeededAt) {}

  /** A refund as it is read. */
  public record RefundView(
      RefundId id,
      UUID paymentId,
      UUID tradeId,
      UUID orderId,
      UUID caseId,
      RefundState state,
      Money amount,
      String reason,
      String failure,
      int attempts,
      Instant requestedAt,
      Instant succeededAt,
      RefundId sentWith,
      Money sentAmount,
      Instant dueAt,
      Instant decideBy,
      Instant paidAt,
      long used,
      String warning,
      List<DecisionView> decisions) {

    RefundView with(List<DecisionView> made) {
      return new RefundView(
          id,
          paymentId,
          tradeId,
          orderId,
          caseId,
          state,
          amount,
          reason,
          failure,
          attempts,
          requestedAt,
          succeededAt,
          sentWith,
          sentAmount,
          dueAt,
          decideBy,
          paidAt,
          used,
          warning,
          made);
    }
  }

  /** What finance decided. */
  public record DecisionView(
      UUID refundId, String kind, Instant at, String by, String reference, String note) {}

  /** Payments, newest first. */
  public Uni<Page<PaymentView>> payments(TradeId trade, PageKey after, int size) {
    List<Object> params = new ArrayList<>();
    StringBuilder where = new StringBuilder("1 = 1");
    and(where, params, "p.trade_id = ?", trade == null ? null : trade.value());
    if (after != null) {
      and(where, params, "p.id < ?", after.uuid(0));
    }
    params.add(size + 1);
    return select(PAYMENTS + where + " ORDER BY p.id DESC LIMIT ?", params)
        .map(rows -> rows.stream().map(PaymentQueries::payment).toList())
        .map(read -> Page.of(read, size, last -> PageTokens.encode(last.id())));
  }

  /**
   * The payment that counts for a trade, as the open transaction sees it: the one that succeeded,
   * else the newest.
   *
   * @return fails with NOT_FOUND, PAYMENT_NOT_FOUND
   */
  public Uni<PaymentView> payment(TradeId trade) {
    return openSql
        .current()
        .chain(
            sql ->
                sql.select(
                    PAYMENTS
                        + "p.trade_id = ? ORDER BY p.kept DESC, p.state = 'SUCCEEDED' DESC,"
                        + " p.id DESC LIMIT 1",
                    trade.value()))
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(
                    Payments.PAYMENT_NOT_FOUND, "no payment was started for the trade");
              }
              return payment(rows.get(0));
            });
  }

  /** Refunds in the scope, newest first. */
  public Uni<Page<RefundView>> refunds(
      RefundState state, OrderId order, Scope scope, PageKey after, int size) {
    List<Object> params = new ArrayList<>();
    StringBuilder where = new StringBuilder();
    // A payment given back whole belongs to no brand.
    where.append(scope.brandCodes() == null ? "1 = 1" : scope.sql("r", params));
    and(where, params, "r.state = ?", state);
    and(where, params, "r.order_id = ?", order == null ? null : order.value());
    if (after != null) {
      and(where, params, "r.id < ?", after.uuid(0));
    }
    params.add(size + 1);
    String sql = REFUNDS + where + " ORDER BY r.id DESC LIMIT ?";
    return pool.withConnection(
            c ->
                SqlTransaction.of(c)
                    .select(sql, params.toArray())
                    .map(rows -> rows.stream().map(this::refund).toList())
                    .chain(read -> withDecisions(SqlTransaction.of(c), read)))
        .map(read -> Page.of(read, size, last -> PageTokens.encode(last.id())));
  }

  /** Refunds that wait for finance too long, and those that were paid twice. */
  public Uni<Long> undecided() {
    return select(
            "SELECT COUNT(*) FROM refund WHERE decide_by < ?"
                + " OR state = 'PAID_OTHERWISE' AND failure = 'PAID_TWICE'",
            List.of(clock.instant()))
        .map(rows -> rows.get(0).number(0));
  }

  /** One refund, as the open transaction sees it. */
  public Uni<RefundView> written(RefundId id) {
    return openSql
        .current()
        .chain(
            sql ->
                sql.select(REFUNDS + "r.id = ?", id.value())
                    .map(rows -> rows.stream().map(this::refund).toList())
                    .chain(read -> withDecisions(sql, read)))
        .map(read -> read.get(0));
  }

  private static Uni<List<RefundView>> withDecisions(SqlTransaction sql, List<RefundView> read) {
    if (read.isEmpty()) {
      return Uni.createFrom().item(read);
    }
    Object[] firsts = read.stream().map(r -> r.sentWith().value()).distinct().toArray();
    return sql.select(String.format(DECISIONS, Scope.marks(firsts.length)), firsts)
        .map(
            rows -> {
              Map<UUID, List<DecisionView>> made =
                  rows.stream()
                      .map(PaymentQueries::decision)
                      .collect(Collectors.groupingBy(DecisionView::refundId));
              return read.stream()
                  .map(r -> r.with(made.getOrDefault(r.sentWith().value(), List.of())))
                  .toList();
            });
  }

  private static DecisionView decision(SqlRow row) {
    return new DecisionView(
        row.uuid(0), row.text(1), row.instant(2), row.text(3), row.text(4), row.text(5));
  }

  private Uni<List<SqlRow>> select(String sql, List<Object> params) {
    return pool.withConnection(c -> SqlTransaction.of(c).select(sql, params.toArray()));
  }

  private static void and(
      StringBuilder where, List<Object> params, String condition, Object value) {
    if (value != null) {
      where.append(" AND ").append(condition);
      params.add(value);
    }
  }

  private static PaymentView payment(SqlRow row) {
    return new PaymentView(
        new PaymentId(row.uuid(0)),
        row.uuid(1),
        Provider.valueOf(row.text(2)),
        row.text(3),
        PaymentState.valueOf(row.text(4)),
        row.fen(5),
        row.instant(6),
        row.instant(7));
  }

  private RefundView refund(SqlRow row) {
    Instant paidAt = row.instant(16);
    long used = row.number(17);
    return new RefundView(
        new RefundId(row.uuid(0)),
        row.uuid(1),
        row.uuid(2),
        row.uuid(3),
        row.uuid(4),
        RefundState.valueOf(row.text(5)),
        row.fen(6),
        row.text(7),
        row.text(8),
        (int) row.number(9),
        row.instant(10),
        row.instant(11),
        new RefundId(row.uuid(12) == null ? row.uuid(0) : row.uuid(12)),
        row.fen(13),
        row.instant(14),
        row.instant(15),
        paidAt,
        used,
        RefundLimits.warning(used, paidAt, clock.instant()),
        List.of());
  }
}
