package io.siyu.mall.cps.statement;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;

/**
 * Compares, by a handful of statements however many orders there are: what we hold of the month
 * against the lines that the platform gave. An order that we hold as settled in another month is
 * missing in this one.
 */
@ApplicationScoped
class Comparison {

  private static final String INTO =
      "INSERT INTO statement_differences (statement_id, kind, order_id, refund_no, reason,"
          + " order_no, sub_order_no, ours_fen, theirs_fen, ours_fee_fen, theirs_fee_fen) ";

  private static final String ORDERS_AT_THEIRS =
      INTO
          + "SELECT l.statement_id, l.kind, l.order_id, l.refund_no,"
          + " CASE WHEN o.id IS NULL THEN 'MISSING_AT_OURS' ELSE 'AMOUNT_DIFFERS' END,"
          + " l.order_no, l.sub_order_no, o.settled_fen, l.amount_fen, o.fee_fen, l.fee_fen"
          + " FROM statement_lines l LEFT JOIN cps_orders o ON o.id = l.order_id"
          + " AND o.settled_fen IS NOT NULL AND o.settled_at >= ? AND o.settled_at < ?"
          + " WHERE l.statement_id = ? AND l.kind = 'ORDER' AND (o.id IS NULL"
          + " OR o.settled_fen <> l.amount_fen OR o.fee_fen <> l.fee_fen)";

  private static final String ORDERS_AT_OURS =
      INTO
          + "SELECT ?, 'ORDER', o.id, '', 'MISSING_AT_THEIRS', o.order_no, o.sub_order_no,"
          + " o.settled_fen, NULL, o.fee_fen, NULL FROM cps_orders o"
          + " LEFT JOIN statement_lines l ON l.statement_id = ? AND l.kind = 'ORDER'"
          + " AND l.order_id = o.id AND l.refund_no = ''"
          + " WHERE o.platform = ? AND o.settled_at >= ? AND o.settled_at < ?"
          + " AND o.settled_fen IS NOT NULL AND l.order_id IS NULL";

  private static final String CLAWBACKS_AT_THEIRS =
      INTO
          + "SELECT l.statement_id, l.kind, l.order_id, l.refund_no,"
          + " CASE WHEN c.refund_no IS NULL THEN 'MISSING_AT_OURS' ELSE 'AMOUNT_DIFFERS' END,"
          + " l.order_no, l.sub_order_no, c.amount_fen, l.amount_fen, c.fee_fen, l.fee_fen"
          + " FROM statement_lines l LEFT JOIN clawbacks c ON c.platform = ?"
          + " AND c.refund_no = l.refund_no AND c.state = 'EFFECTIVE'"
          + " AND c.decided_at >= ? AND c.decided_at < ?"
          + " WHERE l.statement_id = ? AND l.kind = 'CLAWBACK'"
          + " AND (c.refund_no IS NULL OR c.amount_fen <> l.amount_fen"
          + " OR c.fee_fen <> l.fee_fen)";

  private static final String CLAWBACKS_AT_OURS =
      INTO
          + "SELECT ?, 'CLAWBACK', c.order_id, c.refund_no, 'MISSING_AT_THEIRS',"
          + " COALESCE(o.order_no, ''), COALESCE(o.sub_order_no, ''), c.amount_fen, NULL,"
          + " c.fee_fen, NULL FROM clawbacks c LEFT JOIN cps_orders o ON o.id = c.order_id"
          + " LEFT JOIN statement_lines l ON l.statement_id = ? AND l.kind = 'CLAWBACK'"
          + " AND l.order_id = c.order_id AND l.refund_no = c.refund_no"
          + " WHERE c.platform = ? AND c.state = 'EFFECTIVE'"
          + " AND c.decided_at >= ? AND c.decided_at < ? AND l.order_id IS NULL";

  private static final String FIGURES =
      "UPDATE statements s JOIN ("
          + "SELECT COUNT(*) AS orders, CAST(COALESCE(SUM(settled_fen), 0) AS SIGNED) AS settled,"
          + " CAST(COALESCE(SUM(fee_fen), 0) AS SIGNED) AS fees FROM cps_orders"
          + " WHERE platform = ? AND settled_at >= ? AND settled_at < ?"
          + " AND settled_fen IS NOT NULL) o JOIN ("
          + "SELECT COUNT(*) AS clawbacks, CAST(COALESCE(SUM(amount_fen), 0) AS SIGNED) AS back"
          + " FROM clawbacks WHERE platform = ? AND state = 'EFFECTIVE' AND decided_at >= ?"
          + " AND decided_at < ?) c JOIN ("
          + "SELECT COALESCE(SUM(kind = 'ORDER'), 0) AS orders,"
          + " CAST(COALESCE(SUM(CASE WHEN kind = 'ORDER' THEN amount_fen END), 0) AS SIGNED)"
          + " AS settled,"
          + " CAST(COALESCE(SUM(CASE WHEN kind = 'ORDER' THEN fee_fen END), 0) AS SIGNED) AS fees,"
          + " COALESCE(SUM(kind = 'CLAWBACK'), 0) AS clawbacks,"
          + " CAST(COALESCE(SUM(CASE WHEN kind = 'CLAWBACK' THEN amount_fen END), 0) AS SIGNED)"
          + " AS back FROM statement_lines WHERE statement_id = ?) t JOIN ("
          + "SELECT COUNT(*) AS differences FROM statement_differences WHERE statement_id = ?) d"
          + " SET s.ours_orders = o.orders, s.ours_settled_fen = o.settled,"
          + " s.ours_fee_fen = o.fees, s.ours_clawbacks = c.clawbacks,"
          + " s.ours_clawed_back_fen = c.back, s.theirs_orders = t.orders,"
          + " s.theirs_settled_fen = t.settled, s.theirs_fee_fen = t.fees,"
          + " s.theirs_clawbacks = t.clawbacks, s.theirs_clawed_back_fen = t.back,"
          + " s.differences = d.differences, s.state = 'DONE', s.error = '', s.ended_at = ?"
          + " WHERE s.id = ? AND s.state = 'RUNNING'";

  private final Statements statements;

  Comparison(Statements statements) {
    this.statements = statements;
  }

  /** Replaces what the statement said; the lines are done with. */
  Uni<Void> compare(SqlTransaction tx, Platform platform, YearMonth month, Instant now) {
    UUID id = Statement.id(platform, month);
    Instant from = Statement.from(month);
    Instant until = Statement.until(month);
    return tx.execute("DELETE FROM statement_differences WHERE statement_id = ?", id)
        .chain(() -> tx.execute(ORDERS_AT_THEIRS, from, until, id))
        .chain(() -> tx.execute(ORDERS_AT_OURS, id, id, platform, from, until))
        .chain(() -> tx.execute(CLAWBACKS_AT_THEIRS, platform, from, until, id))
        .chain(() -> tx.execute(CLAWBACKS_AT_OURS, id, id, platform, from, until))
        .chain(
            () ->
                tx.execute(FIGURES, platform, from, until, platform, from, until, id, id, now, id))
        .chain(() -> statements.forgetLines(tx, id))
        .replaceWithVoid();
  }
}
