package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
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
          + " CAST(COALESCE(s.pending, 0) AS SIGNED), CAST(COALESCE(s.frozen, 0) AS SIGNED),"
          + " CAST(COALESCE(s.released, 0) AS SIGNED) FROM commissions c LEFT JOIN ("
          + "SELECT commission_id,"
          + " SUM(CASE WHEN bucket = 'PENDING' THEN amount_fen ELSE 0 END) AS pending,"
          + " SUM(CASE WHEN bucket = 'FROZEN' THEN amount_fen ELSE 0 END) AS frozen,"
          + " SUM(CASE WHEN bucket IN ('AVAILABLE', 'DEBT') THEN amount_fen ELSE 0 END) AS released"
          + " FROM postings WHERE commission_id IS NOT NULL GROUP BY commission_id"
          + ") s ON s.commission_id = c.id";

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

  private static final String DEBT = "SELECT distributor_id, available_fen, debt_fen FROM accounts";

  private final Pool pool;
  private final FactRows facts;

  Reconciliation(Pool pool, FactRows facts) {
    this.pool = pool;
    this.facts = facts;
  }

  /** All checks. */
  public Uni<List<Check>> run() {
    return pool.withTransaction(
        connection -> {
          SqlReader tx = SqlTransaction.of(connection);
          List<Check> checks = new ArrayList<>();
          return tx.select(SUM_OF_POSTINGS)
              .invoke(rows -> checks.add(sum(rows.get(0))))
              .chain(() -> each(tx, UNBALANCED_ENTRIES, Reconciliation::entries, checks))
              .chain(() -> each(tx, BALANCES, Reconciliation::balanceRows, checks))
              .chain(() -> each(tx, COMMISSION_POSTINGS, Reconciliation::commissionRows, checks))
              .chain(() -> each(tx, WITHDRAWAL_POSTINGS, Reconciliation::withdrawalRows, checks))
              .chain(() -> each(tx, TAX, Reconciliation::taxRows, checks))
              .chain(() -> each(tx, DEBT, Reconciliation::debtRows, checks))
              .chain(() -> each(tx, BINDINGS, Reconciliation::bindingRows, checks))
              .chain(
                  () -> {
                    Check derived = new Check("ledger.commissions-follow-from-facts");
                    checks.add(derived);
                    return rederive(tx, derived, new UUID(0, 0));
                  })
              .replaceWith(checks);
        });
  }

  private static Uni<Void> each(
      SqlReader tx, String sql, Function<List<SqlRow>, Check> check, List<Check> to) {
    return tx.select(sql).map(check).invoke(to::add).replaceWithVoid();
  }

  private static Check sum(SqlRow row) {
    Check check = new Check("ledger.postings-sum-to-zero");
    check.compare("all", 0, row.number(0), "the sum of all postings");
    check.compared(row.number(1) - 1);
    return check;
  }

  private static Check entries(List<SqlRow> rows) {
    Check check = new Check("ledger.entries-balance");
    rows.forEach(
        row ->
            check.compare(
                row.uuid(0).toString(),
                "0",
                row.number(1) + " in " + row.number(2) + " postings",
                row.number(1),
                "the postings of an entry"));
    return check;
  }

  private static Check balanceRows(List<SqlRow> rows) {
    Check check = new Check("ledger.balances-equal-postings");
    for (SqlRow row : rows) {
      for (int bucket = 0; bucket < 6; bucket++) {
        check.compare(
            row.uuid(0) + "/" + Bucket.values()[bucket],
            row.number(7 + bucket),
            row.number(1 + bucket),
            "a balance against the sum of its postings");
      }
    }
    return check;
  }

  private static Check commissionRows(List<SqlRow> rows) {
    Check check = new Check("ledger.commissions-equal-postings");
    String[] names = {"pending", "frozen", "released"};
    for (SqlRow row : rows) {
      for (int i = 0; i < names.length; i++) {
        check.compare(
            row.uuid(0) + "/" + names[i],
            row.number(4 + i),
            row.number(1 + i),
            "a commission against the sum of its postings");
      }
    }
    return check;
  }

  private static Check withdrawalRows(List<SqlRow> rows) {
    Check check = new Check("withdrawals.equal-postings");
    for (SqlRow row : rows) {
      String state = row.text(1);
      long amount = row.number(2);
      boolean back = state.equals("FAILED") || state.equals("REJECTED");
      boolean paid = state.equals("PAID");
      long fee = paid ? row.number(3) : 0;
      long tax = paid ? row.number(4) : 0;
      List<Long> should =
          List.of(
              back ? 0 : -amount,
              back || paid ? 0 : amount,
              paid ? amount - fee - tax : 0,
              fee,
              tax);
      List<Long> is =
          List.of(row.number(5), row.number(6), row.number(7), row.number(8), row.number(9));
      check.compare(
          row.uuid(0).toString(),
          should,
          is,
          amount,
          "available, withdrawing, paid, fee, tax of a withdrawal that is " + state);
    }
    return check;
  }

  private static Check taxRows(List<SqlRow> rows) {
    Check check = new Check("withdrawals.tax-items-match");
    for (SqlRow row : rows) {
      String should =
          switch (row.text(1)) {
            case "REQUESTED", "REJECTED" -> "NONE";
            case "FAILED" -> "VOID";
            default -> "COUNTED";
          };
      check.compare(
          row.uuid(0).toString(),
          should + " " + row.number(2),
          row.text(4) + " " + row.number(3),
          row.number(2) - row.number(3),
          "the tax of a withdrawal against the person's tax year");
    }
    return check;
  }

  private static Check bindingRows(List<SqlRow> rows) {
    Check check = new Check("bindings.open-and-effective-as-known");
    rows.forEach(
        row ->
            check.compare(
                row.uuid(0).toString(),
                row.uuid(0) + " " + (row.number(3) > 0),
                row.uuid(1) + " " + (row.number(2) != 0),
                0,
                "the member's open binding, and whether it counts as effective"));
    return check;
  }

  private static Check debtRows(List<SqlRow> rows) {
    Check check = new Check("ledger.debt-excludes-available");
    rows.forEach(
        row ->
            check.compare(
                row.uuid(0).toString(),
                0,
                row.number(2) == 0 ? 0 : row.number(1),
                "available while something is owed"));
    return check;
  }

  /** Order by order, from what is known of it. */
  private Uni<Void> rederive(SqlReader tx, Check check, UUID after) {
    return tx.select(
            "SELECT order_id FROM order_facts WHERE order_id > ? ORDER BY order_id LIMIT "
                + ORDERS_AT_A_TIME,
            after)
        .chain(
            rows -> {
              if (rows.isEmpty()) {
                return Uni.createFrom().voidItem();
              }
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
                                                      booked.getOrDefault(
                                                          order.orderId(), List.of()),
                                                      "a commission against its order's facts"))))
                  .chain(() -> rederive(tx, check, ids.get(ids.size() - 1)));
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
    return "SELECT a.distributor_id, a.pending_fen, a.frozen_fen, a.available_fen,"
        + " a.withdrawing_fen, a.paid_out_fen, a.debt_fen"
        + columns
        + " FROM accounts a LEFT JOIN ("
        + postings
        + ") s ON s.owner_id = a.distributor_id UNION ALL SELECT s.owner_id, 0, 0, 0, 0, 0, 0"
        + columns
        + " FROM ("
        + postings
        + ") s WHERE s.owner_id NOT IN (SELECT distributor_id FROM accounts)";
  }
}
