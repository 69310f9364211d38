package io.siyu.mall.distributor.fan;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Paid orders in the database. */
@ApplicationScoped
public class SqlFanBook implements FanBook {

  /**
   * An order of the member was paid; the caller sees to it that each order is told once. The
   * member's row is locked by the first statement, so a binding that opens meanwhile either sees
   * the order or is seen here.
   */
  public Uni<Void> orderPaid(SqlTransaction tx, UUID memberId, Instant paidAt) {
    return tx.execute(
            "INSERT INTO buyers (member_id, paid_orders, last_paid_at) VALUES (?, 1, ?)"
                + " ON DUPLICATE KEY UPDATE paid_orders = paid_orders + 1,"
                + " last_paid_at = GREATEST(COALESCE(last_paid_at, VALUES(last_paid_at)),"
                + " VALUES(last_paid_at))",
            memberId,
            paidAt)
        .chain(
            () ->
                tx.execute(
                    "UPDATE bindings b JOIN buyers y ON b.id = y.open_binding_id"
                        + " SET b.effective = 1 WHERE y.member_id = ? AND b.effective = 0",
                    memberId))
        .replaceWithVoid();
  }
}
