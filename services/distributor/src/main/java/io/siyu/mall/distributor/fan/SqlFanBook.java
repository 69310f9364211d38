package io.siyu.mall.distributor.fan;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

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
    List<UUID> members = orders.stream().map(PaidOrder::memberId).distinct().toList();
    return tx.insert(rows)
        .chain(() -> merged(tx, members))
        .chain(
            survivors -> {
              Object[] effective =
                  Stream.concat(members.stream(), survivors.stream()).distinct().toArray();
              return tx.execute(
                  "UPDATE bindings b JOIN buyers y ON b.id = y.open_binding_id"
                      + " SET b.effective = 1 WHERE y.member_id IN ("
                      + Marks.list(effective.length)
                      + ") AND b.effective = 0",
                  effective);
            })
        .replaceWithVoid();
  }

  /**
   * Who placed an order before they were merged: it counts for whoever goes on. Their own rows are
   * locked, so a merge was either before, and is seen here, or adds up what is written here.
   *
   * @return those who go on
   */
  private static Uni<List<UUID>> merged(SqlTransaction tx, List<UUID> members) {
    return tx.select(
            "SELECT member_id, merged_into FROM buyers WHERE member_id IN ("
                + Marks.list(members.size())
                + ") AND merged_into IS NOT NULL FOR UPDATE",
            members.toArray())
        .chain(
            rows -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (SqlRow row : rows) {
                all = all.chain(() -> pass(tx, row.uuid(0), row.uuid(1)));
              }
              return all.replaceWith(rows.stream().map(row -> row.uuid(1)).distinct().toList());
            });
  }

  private static Uni<Void> pass(SqlTransaction tx, UUID from, UUID to) {
    return tx.execute(
            "UPDATE buyers s JOIN buyers a ON a.member_id = ?"
                + " SET s.paid_orders = s.paid_orders + a.paid_orders, s.last_paid_at ="
                + " GREATEST(COALESCE(s.last_paid_at, a.last_paid_at), a.last_paid_at)"
                + " WHERE s.member_id = ?",
            from,
            to)
        .chain(
            () ->
                tx.execute(
                    "UPDATE buyers SET paid_orders = 0, last_paid_at = NULL WHERE member_id = ?",
                    from))
        .replaceWithVoid();
  }
}
