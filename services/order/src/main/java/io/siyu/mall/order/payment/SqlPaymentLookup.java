package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/** The lookup by SQL, each on a connection of its own. */
@ApplicationScoped
public class SqlPaymentLookup implements PaymentLookup {

  private static final String COLUMNS =
      "r.id, r.sent_with, r.trade_id, r.payment_id, r.order_id, r.provider_refund_id, r.sent_at,"
          + " CAST(r.to_merchant AS SIGNED)";

  /** Orders by the order's id, in which everybody locks. */
  private static final String BATCH =
      "SELECT "
          + COLUMNS
          + " FROM refund r WHERE r.id = ? UNION SELECT "
          + COLUMNS
          + " FROM refund w JOIN refund r ON r.sent_with = w.sent_with WHERE w.id = ?"
          + " ORDER BY order_id, id";

  private final Pool pool;

  SqlPaymentLookup(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<TradeId> tradeOf(PaymentId id) {
    return one("SELECT trade_id FROM payment WHERE id = ?", id.value(), Payments.PAYMENT_NOT_FOUND)
        .map(row -> new TradeId(row.uuid(0)));
  }

  @Override
  public Uni<List<PaymentId>> openOf(TradeId trade) {
    return select(
            "SELECT id FROM payment WHERE trade_id = ? AND state IN ('CREATED', 'PREPAID')"
                + " ORDER BY created_at, id",
            trade.value())
        .map(rows -> rows.stream().map(row -> new PaymentId(row.uuid(0))).toList());
  }

  @Override
  public Uni<Batch> batchOf(RefundId id) {
    return select(BATCH, id.value(), id.value())
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(
                    Refunds.REFUND_NOT_FOUND, "there is none with this id");
              }
              return batch(rows);
            });
  }

  private static Batch batch(List<SqlRow> rows) {
    SqlRow any = rows.get(0);
    return new Batch(
        new RefundId(any.uuid(1) == null ? any.uuid(0) : any.uuid(1)),
        new TradeId(any.uuid(2)),
        new PaymentId(any.uuid(3)),
        rows.stream().map(row -> new RefundId(row.uuid(0))).toList(),
        rows.stream()
            .map(row -> row.uuid(4))
            .filter(Objects::nonNull)
            .distinct()
            .map(OrderId::new)
            .toList(),
        any.text(5),
        any.instant(6),
        any.number(7) != 0);
  }

  private Uni<SqlRow> one(String sql, Object id, String notFound) {
    return select(sql, id)
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(notFound, "there is none with this id");
              }
              return rows.get(0);
            });
  }

  private Uni<List<SqlRow>> select(String sql, Object... params) {
    return pool.withConnection(c -> SqlTransaction.of(c).select(sql, params));
  }
}
