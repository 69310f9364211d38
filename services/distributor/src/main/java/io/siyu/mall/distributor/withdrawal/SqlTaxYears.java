package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Regimes and tax years in the database. */
@ApplicationScoped
public class SqlTaxYears implements TaxYears {

  /** What {@link #read} wants. */
  static final String REGIMES =
      "SELECT r.id, r.kind, DATE_FORMAT(r.effective_from, '%Y-%m-%d'), r.expense_basis_points,"
          + " r.monthly_deduction_fen, r.small_limit_fen, r.small_deduction_fen, b.up_to_fen,"
          + " b.rate_basis_points, b.quick_deduction_fen FROM tax_regimes r JOIN tax_brackets b"
          + " ON b.regime_id = r.id ORDER BY r.effective_from, r.id, b.position";

  @Override
  public Uni<List<TaxRegime>> regimes(SqlTransaction tx) {
    return tx.select(REGIMES).map(SqlTaxYears::read);
  }

  @Override
  public Uni<Withholding.YearSoFar> lock(SqlTransaction tx, UUID memberId, int year) {
    return person(tx, memberId)
        .call(
            person ->
                tx.execute(
                    "INSERT INTO tax_years (person_id, tax_year) VALUES (?, ?)"
                        + " ON DUPLICATE KEY UPDATE tax_year = VALUES(tax_year)",
                    person,
                    year))
        .chain(
            person ->
                tx.select(
                    "SELECT CAST(COALESCE(SUM(t.income_fen), 0) AS SIGNED),"
                        + " CAST(COALESCE(SUM(t.tax_fen), 0) AS SIGNED),"
                        + " COALESCE(MIN(t.tax_month), 0) FROM people p JOIN tax_items t"
                        + " ON t.member_id = p.member_id WHERE p.person_id = ?"
                        + " AND t.tax_year = ? AND t.state = 'COUNTED' LOCK IN SHARE MODE",
                    person,
                    year))
        .map(
            rows -> {
              SqlRow row = rows.get(0);
              return new Withholding.YearSoFar(row.fen(0), row.fen(1), (int) row.number(2));
            });
  }

  /**
   * Shared, so that the member cannot turn out to be another person's meanwhile, but two payments
   * of one person can wait for the year together.
   */
  private static Uni<UUID> person(SqlTransaction tx, UUID memberId) {
    return tx.select(
            "SELECT person_id FROM people WHERE member_id = ? LOCK IN SHARE MODE", memberId)
        .map(rows -> rows.get(0).uuid(0));
  }

  @Override
  public Uni<Void> count(
      SqlTransaction tx, Withdrawal withdrawal, LocalDate day, Withholding withholding) {
    return tx.execute(
            "INSERT INTO tax_items (withdrawal_id, member_id, tax_day, tax_year, tax_month,"
                + " regime_id, income_fen, tax_fen, state)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'COUNTED')",
            withdrawal.id(),
            withdrawal.memberId(),
            day,
            day.getYear(),
            day.getMonthValue(),
            withholding.regimeId(),
            withdrawal.amount(),
            withholding.tax())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> cancel(SqlTransaction tx, UUID withdrawalId) {
    return tx.execute("UPDATE tax_items SET state = 'VOID' WHERE withdrawal_id = ?", withdrawalId)
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> forget(SqlTransaction tx, UUID withdrawalId) {
    return tx.execute("DELETE FROM tax_items WHERE withdrawal_id = ?", withdrawalId)
        .replaceWithVoid();
  }

  static List<TaxRegime> read(List<SqlRow> rows) {
    Map<String, List<SqlRow>> byRegime = new LinkedHashMap<>();
    rows.forEach(row -> byRegime.computeIfAbsent(row.text(0), id -> new ArrayList<>()).add(row));
    return byRegime.values().stream().map(SqlTaxYears::regime).toList();
  }

  private static TaxRegime regime(List<SqlRow> rows) {
    SqlRow head = rows.get(0);
    return new TaxRegime(
        head.text(0),
        TaxRegime.Kind.valueOf(head.text(1)),
        LocalDate.parse(head.text(2)),
        (int) head.number(3),
        head.number(4),
        head.number(5),
        head.number(6),
        rows.stream()
            .map(
                row ->
                    new TaxRegime.Bracket(
                        row.isNull(7) ? null : row.number(7), (int) row.number(8), row.number(9)))
            .toList());
  }
}
