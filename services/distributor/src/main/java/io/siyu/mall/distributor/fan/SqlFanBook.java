package io.siyu.mall.distributor.fan;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** Paid orders in the database. */
@ApplicationScoped
public class SqlFanBook implements FanBook {

  /**
   * The members' rows are locked by the first statement, in the order of their ids, so a binding
   * that opens meanwhile either sees the order or is seen here.
   */
  @Override
  public Uni<Void> ordersPaid(SqlTransaction tx, List<PaidOrder> orders) {
    if (orders.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    SqlValues rows =
        SqlValues.into("buyers", "member_id", "paid_orders", "last_paid_at")
            .orUpdate(
                "paid_orders = paid_orders + 1,"
                    + " last_paid_at = GREATEST(COALESCE(last_paid_at, VALUES(last_paid_at)),"
                    + " VALUES(last_paid_at))");
    orders.stream()
        .sorted(Comparator.comparing(PaidOrder::memberId))
        .forEach(order -> rows.row(order.memberId(), 1L, order.paidAt()));
    Object[] members = orders.stream().map(PaidOrder::memberId).distinct().toArray();
    return tx.insert(rows)
        .chain(
            () ->
                tx.execute(
                    "UPDATE bindings b JOIN buyers y ON b.id = y.open_binding_id"
                        + " SET b.effective = 1 WHERE y.member_id IN ("
                        + Marks.list(members.length)
                        + ") AND b.effective = 0",
                    members))
        .replaceWithVoid();
  }
}
