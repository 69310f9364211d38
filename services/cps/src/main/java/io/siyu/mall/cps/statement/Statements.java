package io.siyu.mall.cps.statement;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.statement.Statement.Side;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.siyu.mall.text.Excerpt;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores statements. */
@ApplicationScoped
public class Statements {

  static final String COLUMNS =
      "SELECT platform, month, state, ours_orders, ours_settled_fen, ours_fee_fen, ours_clawbacks,"
          + " ours_clawed_back_fen, theirs_orders, theirs_settled_fen, theirs_fee_fen,"
          + " theirs_clawbacks, theirs_clawed_back_fen, differences, started_by, error,"
          + " started_at, ended_at FROM statements";
  private static final int ERROR = 1_000;

  /** The statement, locked. */
  Uni<Optional<Statement>> lock(SqlTransaction tx, Platform platform, YearMonth month) {
    return tx.select(COLUMNS + " WHERE id = ? FOR UPDATE", Statement.id(platform, month))
        .map(rows -> rows.stream().map(Statements::statement).findFirst());
  }

  Uni<Optional<Statement>> find(SqlReader from, UUID id) {
    return from.select(COLUMNS + " WHERE id = ?", id)
        .map(rows -> rows.stream().map(Statements::statement).findFirst());
  }

  /** Months that were asked for and are not made, also such as were interrupted. */
  Uni<List<YearMonth>> unfinished(SqlReader from, Platform platform) {
    return from.select(
            "SELECT month FROM statements WHERE platform = ? AND state IN ('QUEUED', 'RUNNING')"
                + " ORDER BY month",
            platform)
        .map(rows -> rows.stream().map(row -> YearMonth.parse(row.text(0))).toList());
  }

  /** Stores one that is to be made, in place of what it said before. */
  Uni<Void> queue(SqlTransaction tx, Statement statement) {
    return tx.execute(
            "INSERT INTO statements (id, platform, month, state, started_by, started_at)"
                + " VALUES (?, ?, ?, 'QUEUED', ?, ?) ON DUPLICATE KEY UPDATE state = 'QUEUED',"
                + " started_by = VALUES(started_by), started_at = VALUES(started_at), error = ''",
            statement.id(),
            statement.platform(),
            statement.month().toString(),
            statement.startedBy(),
            statement.startedAt())
        .replaceWithVoid();
  }

  /** Begins anew, also one that was interrupted; false if it is not asked for. */
  Uni<Boolean> begin(SqlTransaction tx, UUID id, Instant now) {
    return tx.execute(
            "UPDATE statements SET state = 'RUNNING', started_at = ?, ended_at = NULL"
                + " WHERE id = ? AND state IN ('QUEUED', 'RUNNING')",
            now,
            id)
        .call(() -> forgetLines(tx, id))
        .map(rows -> rows == 1);
  }

  Uni<Integer> forgetLines(SqlTransaction tx, UUID id) {
    return tx.execute("DELETE FROM statement_lines WHERE statement_id = ?", id);
  }

  /** What the platform says; a line that is told twice is the same line. */
  Uni<Void> add(SqlTransaction tx, UUID id, List<StatementLine> lines) {
    SqlValues rows =
        SqlValues.into(
                "statement_lines",
                "statement_id",
                "kind",
                "order_id",
                "refund_no",
                "order_no",
                "sub_order_no",
                "amount_fen",
                "fee_fen")
            .orUpdate("amount_fen = VALUES(amount_fen), fee_fen = VALUES(fee_fen)");
    lines.forEach(
        line ->
            rows.row(
                id,
                line.kind(),
                line.order().id(),
                line.refundNo(),
                line.order().orderNo(),
                line.order().subOrderNo(),
                line.amount(),
                line.fee()));
    return tx.insert(rows).replaceWithVoid();
  }

  Uni<Void> fail(SqlTransaction tx, UUID id, String error, Instant now) {
    return tx.execute(
            "UPDATE statements SET state = 'FAILED', error = ?, ended_at = ?"
                + " WHERE id = ? AND state = 'RUNNING'",
            Excerpt.of(error, ERROR),
            now,
            id)
        .replaceWithVoid();
  }

  static Statement statement(SqlRow row) {
    return new Statement(
        Platform.valueOf(row.text(0)),
        YearMonth.parse(row.text(1)),
        StatementState.valueOf(row.text(2)),
        side(row, 3),
        side(row, 8),
        row.number(13),
        row.text(14),
        row.text(15),
        row.instant(16),
        row.instant(17));
  }

  private static Side side(SqlRow row, int at) {
    return new Side(
        row.number(at), row.fen(at + 1), row.fen(at + 2), row.number(at + 3), row.fen(at + 4));
  }
}
