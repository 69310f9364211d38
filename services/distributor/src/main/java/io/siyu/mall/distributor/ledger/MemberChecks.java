package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.sql.SqlRow;
import java.util.List;

/** That money is where the member it belongs to can take it, whatever seat earned it. */
final class MemberChecks {

  private static final String OWNER =
      "SELECT p.id, COALESCE(m.merged_into, %1$s.member_id),"
          + " COALESCE(o.merged_into, p.owner_id), p.amount_fen FROM postings p %2$s"
          + " LEFT JOIN accounts m ON m.member_id = %1$s.member_id"
          + " LEFT JOIN accounts o ON o.member_id = p.owner_id WHERE p.owner_kind = 'DISTRIBUTOR'"
          + " AND COALESCE(m.merged_into, %1$s.member_id) <> COALESCE(o.merged_into, p.owner_id)";

  /** Postings that are another's than the one they belong to. */
  static final String STRAYS =
      OWNER.formatted(
              "d",
              "JOIN commissions c ON c.id = p.commission_id"
                  + " JOIN distributors d ON d.id = c.distributor_id")
          + " UNION ALL "
          + OWNER.formatted("w", "JOIN withdrawals w ON w.id = p.withdrawal_id");

  /** Accounts with something in them, and whether anybody can take it or owes it. */
  static final String BALANCES =
      "SELECT a.member_id, a.pending_fen + a.frozen_fen + a.available_fen + a.withdrawing_fen"
          + " + a.debt_fen, a.merged_into IS NULL AND EXISTS (SELECT 1 FROM distributors d"
          + " WHERE d.member_id = a.member_id AND d.state IN ('ACTIVE', 'SUSPENDED', 'CLOSED'))"
          + " FROM accounts a WHERE a.pending_fen <> 0 OR a.frozen_fen <> 0"
          + " OR a.available_fen <> 0 OR a.withdrawing_fen <> 0 OR a.debt_fen <> 0";

  /** What was left with members who go on as another, and those who lead nowhere. */
  static final String MERGED =
      "SELECT a.member_id, (SELECT COUNT(*) FROM distributors d WHERE d.member_id = a.member_id)"
          + " + (SELECT COUNT(*) FROM withdrawals w WHERE w.member_id = a.member_id)"
          + " + (SELECT COUNT(*) FROM bindings b WHERE b.member_id = a.member_id)"
          + " + (SELECT COUNT(*) FROM name_corrections n WHERE n.open_member = a.member_id)"
          + " + (NOT EXISTS (SELECT 1 FROM buyers y WHERE y.member_id = a.member_id"
          + " AND y.merged_into = a.merged_into AND y.paid_orders = 0"
          + " AND y.open_binding_id IS NULL))"
          + " + (NOT EXISTS (SELECT 1 FROM accounts s WHERE s.member_id = a.merged_into"
          + " AND s.merged_into IS NULL))"
          + " + (NOT EXISTS (SELECT 1 FROM people p JOIN people q ON q.person_id = p.person_id"
          + " WHERE p.member_id = a.member_id AND q.member_id = a.merged_into))"
          + " FROM accounts a WHERE a.merged_into IS NOT NULL"
          + " UNION ALL SELECT y.member_id, 1 FROM buyers y LEFT JOIN accounts a"
          + " ON a.member_id = y.member_id WHERE y.merged_into IS NOT NULL"
          + " AND a.merged_into IS NULL";

  private MemberChecks() {}

  static Check merged(List<SqlRow> rows) {
    Check check = new Check("members.merged-hold-nothing");
    rows.forEach(
        row ->
            check.compare(
                row.uuid(0).toString(),
                0,
                row.number(1),
                "what was left with a member who goes on as another"));
    return check;
  }

  static Check strays(List<SqlRow> rows) {
    Check check = new Check("ledger.money-is-the-members");
    rows.forEach(
        row ->
            check.compare(
                row.uuid(0).toString(),
                row.uuid(1),
                row.uuid(2),
                row.number(3),
                "the owner of a posting against the member who earned or withdrew it"));
    return check;
  }

  static Check balances(List<SqlRow> rows) {
    Check check = new Check("ledger.every-balance-can-be-taken");
    rows.forEach(
        row ->
            check.compare(
                row.uuid(0).toString(),
                true,
                row.number(2) != 0,
                row.number(1),
                "whether the account is that of a member who has, or had, a seat"));
    return check;
  }
}
