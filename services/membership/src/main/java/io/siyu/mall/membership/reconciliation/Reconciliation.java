package io.siyu.mall.membership.reconciliation;

import io.siyu.mall.membership.growth.GrowthAudit;
import io.siyu.mall.membership.growth.OrderGrowth;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.ReconcileResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Function;

/** Every identity of growth over all data. A difference is told, never corrected here. */
@ApplicationScoped
public class Reconciliation {

  /** Each account's value is the sum of its entries, and no entry is without an account. */
  static final String VALUE = "growth.value-is-sum-of-entries";

  /** Each order's entries add up to the whole yuan of what stayed paid. */
  static final String ORDERS = "growth.entries-follow-from-facts";

  /** Each level is the one that the facts and the level table lead to. */
  static final String LEVELS = "growth.level-follows-from-facts";

  /** Who goes on as another holds nothing, and the other lives; each merge is on the record. */
  static final String MERGED = "members.merged-hold-nothing";

  private static final String MERGED_SQL =
      "SELECT m.id, (m.phone_hash IS NOT NULL)"
          + " + (SELECT COUNT(*) FROM identities i WHERE i.member_id = m.id)"
          + " + (SELECT COUNT(*) FROM sessions s WHERE s.member_id = m.id AND s.state = 'ACTIVE')"
          + " + (SELECT COUNT(*) FROM growth_entries e WHERE e.member_id = m.id)"
          + " + (SELECT COUNT(*) FROM growth_accounts a WHERE a.member_id = m.id)"
          + " + (SELECT COUNT(*) FROM merge_requests r WHERE r.state = 'REQUESTED'"
          + " AND (r.requester_id = m.id OR r.holder_id = m.id))"
          + " + (NOT EXISTS (SELECT 1 FROM members v WHERE v.id = m.merged_into"
          + " AND v.merged_into IS NULL))"
          + " + (NOT EXISTS (SELECT 1 FROM merges g WHERE g.absorbed_id = m.id)) AS wrong"
          + " FROM members m WHERE m.merged_into IS NOT NULL HAVING wrong > 0"
          + " UNION ALL SELECT g.absorbed_id, 1 FROM merges g JOIN members m"
          + " ON m.id = g.absorbed_id WHERE m.merged_into IS NULL";

  private static final String VALUE_SQL =
      "SELECT e.member_id, e.total, a.growth_value FROM"
          + " (SELECT member_id, SUM(delta) AS total FROM growth_entries GROUP BY member_id) e"
          + " LEFT JOIN growth_accounts a ON a.member_id = e.member_id"
          + " WHERE a.growth_value IS NULL OR a.growth_value <> e.total"
          + " UNION ALL SELECT a.member_id, 0, a.growth_value FROM growth_accounts a"
          + " WHERE a.growth_value <> 0 AND NOT EXISTS"
          + " (SELECT 1 FROM growth_entries e WHERE e.member_id = a.member_id)";
  private static final String ORDERS_SQL =
      "SELECT order_id, IF(MAX(source = 'ORDER_COMPLETED') = 0, 0, GREATEST(0, FLOOR("
          + "SUM(IF(source = 'ORDER_COMPLETED', amount, -amount)) / "
          + OrderGrowth.FEN_PER_POINT
          + "))) AS expected,"
          + " SUM(delta) AS actual FROM growth_entries GROUP BY order_id"
          + " HAVING expected <> actual";

  private final Pool pool;
  private final GrowthAudit audit;

  @Inject
  Reconciliation(Pool pool, GrowthAudit audit) {
    this.pool = pool;
    this.audit = audit;
  }

  /** Runs all checks in one transaction, so that they see one state. */
  public Uni<ReconcileResponse> run() {
    return pool.withTransaction(
            connection -> {
              SqlTransaction sql = SqlTransaction.of(connection);
              return values(sql)
                  .flatMap(
                      values ->
                          orders(sql)
                              .flatMap(
                                  orders ->
                                      levels(sql)
                                          .flatMap(
                                              levels ->
                                                  merged(sql)
                                                      .map(
                                                          merged ->
                                                              List.of(
                                                                  values, orders, levels,
                                                                  merged)))));
            })
        .map(
            checks ->
                ReconcileResponse.newBuilder()
                    .addAllChecks(checks.stream().map(ReconcileProto::check).toList())
                    .build());
  }

  private static Uni<CheckResult> values(SqlTransaction sql) {
    return check(
        sql,
        VALUE,
        "SELECT COUNT(*) FROM growth_accounts",
        VALUE_SQL,
        row -> {
          long actual = row.isNull(2) ? 0 : row.number(2);
          return finding("member/" + row.uuid(0), row.number(1), actual, "growth value");
        });
  }

  private static Uni<CheckResult> orders(SqlTransaction sql) {
    return check(
        sql,
        ORDERS,
        "SELECT COUNT(DISTINCT order_id) FROM growth_entries",
        ORDERS_SQL,
        row -> finding("order/" + row.uuid(0), row.number(1), row.number(2), "growth of an order"));
  }

  private static Uni<CheckResult> merged(SqlTransaction sql) {
    return check(
        sql,
        MERGED,
        "SELECT COUNT(*) FROM members WHERE merged_into IS NOT NULL",
        MERGED_SQL,
        row -> finding("member/" + row.uuid(0), 0, row.number(1), "left with a merged member"));
  }

  private Uni<CheckResult> levels(SqlTransaction sql) {
    return audit
        .levels(sql)
        .map(
            levels ->
                new CheckResult(
                    LEVELS,
                    levels.compared(),
                    levels.wrong().stream()
                        .map(
                            wrong ->
                                new Finding(
                                    "member/" + wrong.memberId(),
                                    wrong.expected().toString(),
                                    wrong.actual().toString(),
                                    Math.abs(wrong.expected().level() - wrong.actual().level()),
                                    "level"))
                        .toList()));
  }

  private static Uni<CheckResult> check(
      SqlTransaction sql,
      String name,
      String countSql,
      String differencesSql,
      Function<SqlRow, Finding> finding) {
    return sql.select(countSql)
        .flatMap(
            count ->
                sql.select(differencesSql)
                    .map(
                        rows ->
                            new CheckResult(
                                name,
                                count.get(0).number(0),
                                rows.stream().map(finding).toList())));
  }

  private static Finding finding(String key, long expected, long actual, String message) {
    return new Finding(
        key, Long.toString(expected), Long.toString(actual), Math.abs(expected - actual), message);
  }
}
