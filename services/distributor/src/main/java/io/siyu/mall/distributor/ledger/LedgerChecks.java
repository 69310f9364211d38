package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.sql.SqlRow;
import java.util.List;

/** Compares what the statements of {@link Reconciliation} read. */
final class LedgerChecks {

  private LedgerChecks() {}

  static Check sum(SqlRow row) {
    Check check = new Check("ledger.postings-sum-to-zero");
    check.compare("all", 0, row.number(0), "the sum of all postings");
    check.compared(row.number(1) - 1);
    return check;
  }

  static Check entries(List<SqlRow> rows) {
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

  static Check balanceRows(List<SqlRow> rows) {
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

  static void commissionRows(Check check, List<SqlRow> rows) {
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
  }

  static Check withdrawalRows(List<SqlRow> rows) {
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

  static Check taxRows(List<SqlRow> rows) {
    Check check = new Check("withdrawals.tax-items-match");
    for (SqlRow row : rows) {
      String should =
          switch (row.text(1)) {
            case "REQUESTED", "HELD", "REJECTED" -> "NONE";
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

  static Check bindingRows(List<SqlRow> rows) {
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

  static Check debtRows(List<SqlRow> rows) {
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
}
