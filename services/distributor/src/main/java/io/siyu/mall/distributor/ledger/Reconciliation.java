package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Every identity of the ledger, over all data, as of one instant: all statements read the same
 * snapshot, so that work that goes on meanwhile is no difference. Finds, never repairs.
 */
@ApplicationScoped
public class Reconciliation {

  private static final int ORDERS_AT_A_TIME = 500;

  private static final String SUM_OF_POSTINGS =
      "SELECT CAST(COALESCE(SUM(amount_fen), 0) AS SIGNED), COUNT(*) FROM postings";

  private static final String UNBALANCED_ENTRIES =
      "SELECT e.id, CAST(COALESCE(SUM(p.amount_fen), 0) AS SIGNED), COUNT(p.id)"
          + " FROM ledger_entries e LEFT JOIN postings p ON p.entry_id = e.id GROUP BY e.id"
          + " HAVING COALESCE(SUM(p.amount_fen), 0) <> 0 OR COUNT(p.id) = 0";

  private static final String BALANCES = balances();

  private static final String COMMISSION_POSTINGS =
      "SELECT c.id, c.pending_fen, c.frozen_fen, c.released_fen,"
          + sum("PENDING")
          + ","
          + sum("FROZEN")
          + ","
          + sum("AVAILABLE', 'DEBT")
          + " FROM (SELECT id, pending_fen, frozen_fen, released_fen FROM commissions"
          + " WHERE id > ? ORDER BY id LIMIT "
          + ORDERS_AT_A_TIME
          + ") c LEFT JOIN postings p ON p.commission_id = c.id"
          + " GROUP BY c.id, c.pending_fen, c.frozen_fen, c.released_fen ORDER BY c.id";

  private static final String ORDERS =
      "SELECT order_id FROM order_facts WHERE order_id > ? ORDER BY order_id LIMIT "
          + ORDERS_AT_A_TIME;

  private static final String WITHDRAWAL_POSTINGS =
      "SELECT w.id, w.state, w.amount_fen, w.fee_fen, w.tax_fen,"
          + " CAST(COALESCE(s.available, 0) AS SIGNED), CAST(COALESCE(s.withdrawing, 0) AS SIGNED),"
          + " CAST(COALESCE(s.paid, 0) AS SIGNED), CAST(COALESCE(s.fee, 0) AS SIGNED),"
          + " CAST(COALESCE(s.tax, 0) AS SIGNED) FROM withdrawals w LEFT JOIN ("
          + "SELECT withdrawal_id,"
          + " SUM(CASE WHEN bucket IN ('AVAILABLE', 'DEBT') THEN amount_fen ELSE 0 END)"
          + " AS available,"
          + " SUM(CASE WHEN bucket = 'WITHDRAWING' THEN amount_fen ELSE 0 END) AS withdrawing,"
          + " SUM(CASE WHEN bucket = 'PAID_OUT' THEN amount_fen ELSE 0 END) AS paid,"
          + " SUM(CASE WHEN owner_kind = 'PLATFORM' THEN amount_fen ELSE 0 END) AS fee,"
          + " SUM(CASE WHEN owner_kind = 'TAX' THEN amount_fen ELSE 0 END) AS tax"
          + " FROM postings WHERE withdrawal_id IS NOT NULL GROUP BY withdrawal_id"
          + ") s ON s.withdrawal_id = w.id";

  private static final String TAX =
      "SELECT w.id, w.state, w.tax_fen, COALESCE(t.tax_fen, 0), COALESCE(t.state, 'NONE')"
          + " FROM withdrawals w LEFT JOIN tax_items t ON t.withdrawal_id = w.id";

  private static final String BINDINGS =
      "SELECT b.id, y.open_binding_id, b.effective, COALESCE(y.paid_orders, 0) FROM bindings b"
          + " LEFT JOIN buyers y ON y.member_id = b.member_id WHERE b.ended_at IS NULL"
          + " AND (y.open_binding_id IS NULL OR y.open_binding_id <> b.id"
          + " OR b.effective <> (y.paid_orders > 0))";

  private static final String DEBT = "SELECT member_id, available_fen, debt_fen FROM accounts";

  private final Pool pool;
  private final FactRows facts;
  private final Instance<Identity> identities;

  Reconciliation(Pool pool, FactRows facts, Instance<Identity> identities) {
    this.pool = pool;
    this.facts = facts;
    this.identities = identities;
  }

  /** All checks. */
  public Uni<List<Check>> run() {
    return pool.withTransaction(
        connection -> {
          SqlReader tx = SqlTransaction.of(connection);
          List<Check> checks = new ArrayList<>();
          CreditChecks credit = new CreditChecks();
          return tx.select(SUM_OF_POSTINGS)
              .invoke(rows -> checks.add(LedgerChecks.sum(rows.get(0))))
              .chain(() -> each(tx, UNBALANCED_ENTRIES, LedgerChecks::entries, checks))
              .chain(() -> each(tx, BALANCES, LedgerChecks::balanceRows, checks))
              .chain(() -> commissions(tx).invoke(checks::add))
              .chain(() -> each(tx, WITHDRAWAL_POSTINGS, LedgerChecks::withdrawalRows, checks))
              .chain(() -> each(tx, TAX, LedgerChecks::taxRows, checks))
              .chain(() -> each(tx, DEBT, LedgerChecks::debtRows, checks))
              .chain(() -> each(tx, BINDINGS, LedgerChecks::bindingRows, checks))
              .chain(() -> each(tx, MemberChecks.STRAYS, MemberChecks::strays, checks))
              .chain(() -> each(tx, MemberChecks.BALANCES, MemberChecks::balances, checks))
              .chain(() -> each(tx, MemberChecks.MERGED, MemberChecks::merged, checks))
              .chain(() -> CpsBook.check(tx, credit).invoke(checks::add))
              .chain(() -> others(tx, checks))
              .chain(() -> credit.compareRecords(tx))
              .chain(
                  () -> {
                    Check derived = new Check("ledger.commissions-follow-from-facts");
                    checks.add(derived);
                    return rederive(tx, derived, credit);
                  })
              .invoke(() -> checks.addAll(credit.checks()))
              .replaceWith(checks);
        });
  }

  private Uni<Void> others(SqlReader tx, List<Check> checks) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Identity identity : identities) {
      all = all.chain(() -> identity.check(tx)).invoke(checks::add).replaceWithVoid();
    }
    return all;
  }

  private static Uni<Void> each(
      SqlReader tx, String sql, Function<List<SqlRow>, Check> check, List<Check> to) {
    return tx.select(sql).map(check).invoke(to::add).replaceWithVoid();
  }

  private static Uni<Check> commissions(SqlReader tx) {
    Check check = new Check("ledger.commissions-equal-postings");
    return TablePages.each(
            tx,
            COMMISSION_POSTINGS,
            rows ->
                Uni.createFrom().voidItem().invoke(() -> LedgerChecks.commissionRows(check, rows)))
        .replaceWith(check);
  }

  private static String sum(String buckets) {
    return " CAST(COALESCE(SUM(CASE WHEN p.bucket IN ('"
        + buckets
        + "') THEN p.amount_fen ELSE 0 END), 0) AS SIGNED)";
  }

  /** Order by order, from what is known of it. */
  private Uni<Void> rederive(SqlReader tx, Check check, CreditChecks credit) {
    return TablePages.each(
        tx,
        ORDERS,
        rows -> {
          List<UUID> ids = rows.stream().map(row -> row.uuid(0)).toList();
          return facts
              .read(tx, ids)
              .chain(
                  known ->
                      booked(tx, ids)
                          .invoke(
                              booked ->
                                  known
                                      .values()
                                      .forEach(
                                          order ->
                                              Rederivation.compare(
                                                  check,
                                                  order,
                                                  booked.getOrDefault(order.orderId(), List.of()),
                                                  "a commission against its order's facts")))
                          .chain(() -> credit.compare(tx, known.values())));
        });
  }

  /** The booked commissions by order. */
  static Uni<Map<UUID, List<Commission>>> booked(SqlReader from, List<UUID> orderIds) {
    return from.select(
            "SELECT "
                + SqlBook.COMMISSION_COLUMNS
                + " FROM commissions c WHERE c.order_id IN ("
                + Marks.list(orderIds.size())
                + ")",
            orderIds.toArray())
        .map(
            rows -> {
              Map<UUID, List<Commission>> byOrder = new HashMap<>();
              for (SqlRow row : rows) {
                Commission commission = SqlBook.commission(row);
                byOrder
                    .computeIfAbsent(commission.orderId(), id -> new ArrayList<>())
                    .add(commission);
              }
              return byOrder;
            });
  }

  private static String balances() {
    StringBuilder sums = new StringBuilder();
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      String bucket = Bucket.values()[i].name();
      sums.append(", SUM(CASE WHEN bucket = '")
          .append(bucket)
          .append("' THEN amount_fen ELSE 0 END) AS ")
          .append(bucket.toLowerCase(java.util.Locale.ROOT));
      columns
          .append(", CAST(COALESCE(s.")
          .append(bucket.toLowerCase(java.util.Locale.ROOT))
          .append(", 0) AS SIGNED)");
    }
    String postings =
        "SELECT owner_id"
            + sums
            + " FROM postings WHERE owner_kind = 'DISTRIBUTOR' GROUP BY owner_id";
    // Both ways round, so that postings without a balance row are found too.
    return "SELECT a.member_id, a.pending_fen, a.frozen_fen, a.available_fen,"
        + " a.withdrawing_fen, a.paid_out_fen, a.debt_fen"
        + columns
        + " FROM accounts a LEFT JOIN ("
        + postings
        + ") s ON s.owner_id = a.member_id UNION ALL SELECT s.owner_id, 0, 0, 0, 0, 0, 0"
        + columns
        + " FROM ("
        + postings
        + ") s WHERE s.owner_id NOT IN (SELECT member_id FROM accounts)";
  }
}
