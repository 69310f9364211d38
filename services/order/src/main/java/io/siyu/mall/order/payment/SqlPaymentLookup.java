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
import java.util.Optional;

/** The lookup by SQL, each on a connection of its own. */
@ApplicationScoped
public class SqlPaymentLookup implements PaymentLookup {

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
  public Uni<Optional<OrderId>> orderOf(RefundId id) {
    return one("SELECT order_id FROM refund WHERE id = ?", id.value(), Refunds.REFUND_NOT_FOUND)
        .map(row -> Optional.ofNullable(row.uuid(0)).map(OrderId::new));
  }

  @Override
  public Uni<PendingRefund> pending(RefundId id) {
    return one(
            "SELECT state, payment_id, amount, payment_amount, reason FROM refund WHERE id = ?",
            id.value(),
            Refunds.REFUND_NOT_FOUND)
        .map(
            row ->
                new PendingRefund(
                    RefundState.valueOf(row.text(0)),
                    new PaymentProvider.RefundOrder(
                        PaymentNumbers.of(id),
                        PaymentNumbers.of(new PaymentId(row.uuid(1))),
                        row.fen(2),
                        row.fen(3),
                        row.text(4))));
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
