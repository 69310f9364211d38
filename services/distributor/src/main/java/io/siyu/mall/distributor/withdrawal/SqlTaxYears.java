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

  @Override
  public Uni<List<TaxRegime>> regimes(SqlTransaction tx) {
    return tx.select(
            "SELECT r.id, r.kind, DATE_FORMAT(r.effective_from, '%Y-%m-%d'),"
                + " r.expense_basis_points, r.monthly_deduction_fen, r.small_limit_fen,"
                + " r.small_deduction_fen, b.up_to_fen, b.rate_basis_points,"
                + " b.quick_deduction_fen FROM tax_regimes r JOIN tax_brackets b"
                + " ON b.regime_id = r.id ORDER BY r.effective_from, r.id, b.position")
        .map(SqlTaxYears::read);
  }

  @Override
  public Uni<Withholding.YearSoFar> lock(SqlTransaction tx, String personHash, int year) {
    return tx.execute(
            "INSERT INTO tax_years (person_hash, tax_year) VALUES (?, ?)"
                + " ON DUPLICATE KEY UPDATE tax_year = VALUES(tax_year)",
            personHash,
            year)
        .chain(
            () ->
                tx.select(
                    "SELECT CAST(COALESCE(SUM(income_fen), 0) AS SIGNED),"
                        + " CAST(COALESCE(SUM(tax_fen), 0) AS SIGNED),"
                        + " COALESCE(MIN(tax_month), 0) FROM tax_items"
                        + " WHERE person_hash = ? AND tax_year = ? AND state = 'COUNTED'"
                        + " LOCK IN SHARE MODE",
                    personHash,
                    year))
        .map(
            rows -> {
              SqlRow row = rows.get(0);
              return new Withholding.YearSoFar(row.fen(0), row.fen(1), (int) row.number(2));
            });
  }

  @Override
  public Uni<Void> count(
      SqlTransaction tx,
      Withdrawal withdrawal,
      String personHash,
      LocalDate day,
      Withholding withholding) {
    return tx.execute(
            "INSERT INTO tax_items (withdrawal_id, person_hash, tax_year, tax_month,"
                + " distributor_id, regime_id, income_fen, tax_fen, state)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'COUNTED')",
            withdrawal.id(),
            personHash,
            day.getYear(),
            day.getMonthValue(),
            withdrawal.distributorId(),
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

  private static List<TaxRegime> read(List<SqlRow> rows) {
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
