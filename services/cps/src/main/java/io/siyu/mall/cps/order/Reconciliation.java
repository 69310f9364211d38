package io.siyu.mall.cps.order;

import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Difference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold of outside orders, over all data; all but who had to be credited in one snapshot.
 * Finds, never repairs.
 */
@ApplicationScoped
public class Reconciliation {

  private static final int SHOWN = 100;

  /** Each statement gives the orders that break a rule: id, expected, actual. */
  private static final Map<String, String> RULES = new LinkedHashMap<>();

  static {
    RULES.put(
        "cps.claw-backs-add-up",
        "SELECT o.id, CAST(COALESCE(SUM(c.amount_fen), 0) AS SIGNED), o.clawed_back_fen"
            + " FROM cps_orders o LEFT JOIN clawbacks c ON c.order_id = o.id"
            + " AND c.state = 'EFFECTIVE' GROUP BY o.id, o.clawed_back_fen"
            + " HAVING COALESCE(SUM(c.amount_fen), 0) <> o.clawed_back_fen");
    RULES.put(
        "cps.settled-orders-have-an-amount",
        "SELECT id, 1, CASE WHEN settled_fen IS NULL THEN 0 ELSE 1 END FROM cps_orders"
            + " WHERE (state IN ('SETTLED', 'CLAWED_BACK')) <> (settled_fen IS NOT NULL)");
    RULES.put(
        "cps.payable-orders-are-settled",
        "SELECT id, 0, 1 FROM cps_orders WHERE payable = 1"
            + " AND (state NOT IN ('SETTLED', 'CLAWED_BACK') OR payable_from IS NULL)");
    RULES.put(
        "cps.documents-are-kept",
        "SELECT o.id, 1, 0 FROM cps_orders o LEFT JOIN cps_documents d"
            + " ON d.order_id = o.id AND d.hash = o.document_hash WHERE d.order_id IS NULL");
    RULES.put(
        "cps.sub-affiliates-are-decided",
        "SELECT o.id, 1, 0 FROM cps_orders o JOIN sub_affiliates s ON s.platform = o.platform"
            + " AND s.sub_affiliate_id = o.sub_affiliate_id WHERE o.decided_at IS NULL");
  }

  private final Pool pool;
  private final ShareChecks shares;
  private final DecisionChecks decisions;

  Reconciliation(Pool pool, ShareChecks shares, DecisionChecks decisions) {
    this.pool = pool;
    this.shares = shares;
    this.decisions = decisions;
  }

  /** All checks. */
  public Uni<List<Check>> run() {
    return snapshot().call(checks -> decisions.check().invoke(checks::add));
  }

  private Uni<List<Check>> snapshot() {
    return pool.withTransaction(
        connection -> {
          SqlReader tx = SqlTransaction.of(connection);
          List<Check> checks = new ArrayList<>();
          Uni<Void> all = Uni.createFrom().voidItem();
          for (var rule : RULES.entrySet()) {
            all =
                all.chain(() -> check(tx, rule.getKey(), rule.getValue()))
                    .invoke(checks::add)
                    .replaceWithVoid();
          }
          return all.chain(() -> shares.check(tx)).invoke(checks::add).replaceWith(checks);
        });
  }

  private static Uni<Check> check(SqlReader tx, String name, String sql) {
    return tx.select("SELECT COUNT(*) FROM cps_orders")
        .chain(count -> tx.select(sql).map(broken -> check(name, count.get(0).number(0), broken)));
  }

  /** What broke a rule: id, expected, actual. */
  static Check check(String name, long compared, List<SqlRow> broken) {
    Check.Builder check =
        Check.newBuilder().setName(name).setCompared(compared).setDifferenceCount(broken.size());
    long amount = 0;
    for (SqlRow row : broken) {
      amount += Math.abs(row.number(1) - row.number(2));
      if (check.getDifferencesCount() < SHOWN) {
        check.addDifferences(
            Difference.newBuilder()
                .setKey(row.uuid(0).toString())
                .setExpected(Long.toString(row.number(1)))
                .setActual(Long.toString(row.number(2)))
                .setMessage(name));
      }
    }
    return check.setDifferenceAmount(amount).build();
  }
}
