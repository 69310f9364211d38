package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.distributor.distributor.PersonSeal;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.text.Excerpt;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Withdrawals in the database. */
@ApplicationScoped
public class SqlWithdrawals implements Withdrawals {

  /** The columns that {@link #read} wants. */
  static final String COLUMNS =
      "w.id, w.member_id, w.distributor_id, w.state, w.amount_fen, w.fee_fen, w.tax_fen, w.bill_no,"
          + " w.provider_bill_no, w.package_info, w.failure, w.decided_by, w.tax_explanation,"
          + " w.requested_at, w.approved_at, w.finished_at, w.next_attempt_at, w.attempts,"
          + " w.ordered_at, w.refusal, w.given_up";

  /** The columns that {@link #decision} wants. */
  static final String DECISION = "kind, decided_by, reason, decided_at";

  private static final String SELECT = "SELECT " + COLUMNS + " FROM withdrawals w";
  private static final int LONGEST_FAILURE = 500;

  private final SqlReader reader;

  SqlWithdrawals(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  @Override
  public Uni<Money> requestedOn(SqlTransaction tx, UUID memberId, LocalDate day) {
    return tx.select(
            "SELECT CAST(COALESCE(SUM(amount_fen), 0) AS SIGNED) FROM withdrawals"
                + " WHERE member_id = ? AND business_day = ?"
                + " AND state NOT IN ('FAILED', 'REJECTED')",
            memberId,
            day)
        .map(rows -> rows.get(0).fen(0));
  }

  @Override
  public Uni<Void> add(SqlTransaction tx, Withdrawal withdrawal, LocalDate day) {
    Withdrawal.Stored w = withdrawal.stored();
    return tx.execute(
            "INSERT INTO withdrawals (id, member_id, distributor_id, state, amount_fen, fee_fen,"
                + " tax_fen, bill_no, business_day, requested_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            w.id(),
            w.memberId(),
            w.distributorId(),
            w.state(),
            w.amount(),
            w.fee(),
            w.tax(),
            w.billNo(),
            day,
            w.requestedAt())
        .replaceWithVoid();
  }

  @Override
  public Uni<Withdrawal> lock(SqlTransaction tx, UUID id) {
    return tx.select(SELECT + " WHERE w.id = ? FOR UPDATE", id).map(SqlWithdrawals::one);
  }

  @Override
  public Uni<Withdrawal> lockByBill(SqlTransaction tx, String billNo) {
    return tx.select(SELECT + " WHERE w.bill_no = ? FOR UPDATE", billNo).map(SqlWithdrawals::one);
  }

  @Override
  public Uni<Void> save(SqlTransaction tx, Withdrawal withdrawal) {
    Withdrawal.Stored w = withdrawal.stored();
    String failure = w.failure();
    return tx.execute(
            "UPDATE withdrawals SET state = ?, tax_fen = ?, provider_bill_no = ?,"
                + " package_info = ?, failure = ?, decided_by = ?, tax_explanation = ?,"
                + " approved_at = ?, finished_at = ?, next_attempt_at = ?, attempts = ?,"
                + " ordered_at = ?, refusal = ?, given_up = ?"
                + " WHERE id = ?",
            w.state(),
            w.tax(),
            w.providerBillNo(),
            w.packageInfo(),
            Excerpt.of(failure, LONGEST_FAILURE),
            w.decidedBy(),
            w.taxExplanation(),
            w.approvedAt(),
            w.finishedAt(),
            w.nextAttemptAt(),
            w.attempts(),
            w.orderedAt(),
            w.refusal(),
            w.givenUp() ? 1 : 0,
            w.id())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> decided(SqlTransaction tx, UUID id, Decision decision) {
    return tx.execute(
            "INSERT INTO withdrawal_decisions (id, withdrawal_id, kind, decided_by, reason,"
                + " decided_at) VALUES (?, ?, ?, ?, ?, ?)",
            Ids.next(),
            id,
            decision.kind(),
            decision.by(),
            decision.reason(),
            decision.at())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Decision>> decisions(SqlTransaction tx, UUID id) {
    return tx.select(
            "SELECT " + DECISION + " FROM withdrawal_decisions WHERE withdrawal_id = ? ORDER BY id",
            id)
        .map(rows -> rows.stream().map(SqlWithdrawals::decision).toList());
  }

  @Override
  public Uni<Receiver> receiver(SqlTransaction tx, UUID memberId) {
    return tx.select(
            "SELECT id, member_id, openid, real_name, state FROM distributors WHERE member_id = ?"
                + " AND state IN ('ACTIVE', 'SUSPENDED', 'CLOSED') ORDER BY living_member IS NULL, id DESC LIMIT 1"
                + " LOCK IN SHARE MODE",
            memberId)
        .map(rows -> rows.get(0))
        .map(
            row ->
                new Receiver(
                    row.text(2),
                    PersonSeal.realName(row.uuid(0), row.uuid(1), row.text(3)),
                    row.text(4).equals("SUSPENDED")));
  }

  @Override
  public Uni<List<UUID>> due(Instant now, int limit) {
    return reader
        .select(
            "(SELECT id FROM withdrawals WHERE state IN ('APPROVED', 'PAYING')"
                + " AND next_attempt_at <= ? ORDER BY next_attempt_at LIMIT "
                + limit
                + ") UNION ALL (SELECT w.id FROM withdrawals w WHERE w.state = 'HELD'"
                + " AND NOT EXISTS (SELECT 1 FROM distributors d"
                + " WHERE d.living_member = w.member_id AND d.state = 'SUSPENDED') LIMIT "
                + limit
                + ")",
            now)
        .map(rows -> rows.stream().map(row -> row.uuid(0)).toList());
  }

  static Decision decision(SqlRow row) {
    return new Decision(
        Decision.Kind.valueOf(row.text(0)), row.text(1), row.text(2), row.instant(3));
  }

  static Withdrawal read(SqlRow row) {
    return Withdrawal.of(
        new Withdrawal.Stored(
            row.uuid(0),
            row.uuid(1),
            row.uuid(2),
            WithdrawalState.valueOf(row.text(3)),
            row.fen(4),
            row.fen(5),
            row.fen(6),
            row.text(7),
            row.text(8),
            row.text(9),
            row.text(10),
            row.text(11),
            row.text(12),
            row.instant(13),
            row.instant(14),
            row.instant(15),
            row.instant(16),
            (int) row.number(17),
            row.instant(18),
            row.text(19),
            row.number(20) != 0));
  }

  private static Withdrawal one(List<SqlRow> rows) {
    return rows.isEmpty() ? null : read(rows.get(0));
  }
}
