package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.distributor.ledger.Check;
import io.siyu.mall.distributor.ledger.Identity;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tax of each payment follows from what the same person received before in the same year,
 * whatever seat or phone they had. Left out are years in which a payment failed, since what was
 * withheld before it was known to fail stays, and people who turned out to be one only later.
 */
@ApplicationScoped
class TaxIdentity implements Identity {

  private static final String ITEMS =
      "SELECT CONCAT(HEX(p.person_id), '/', t.tax_year), t.withdrawal_id,"
          + " DATE_FORMAT(t.tax_day, '%Y-%m-%d'), t.income_fen, t.tax_fen, t.state,"
          + " HEX(t.member_id) FROM tax_items t JOIN people p ON p.member_id = t.member_id"
          + " JOIN withdrawals w ON w.id = t.withdrawal_id"
          + " ORDER BY p.person_id, t.tax_year, w.approved_at, w.id";

  @Override
  public Uni<Check> check(SqlReader tx) {
    Check check = new Check("withdrawals.tax-adds-up-per-person");
    return tx.select(SqlTaxYears.REGIMES)
        .map(SqlTaxYears::read)
        .chain(
            regimes ->
                tx.select(ITEMS)
                    .invoke(rows -> years(rows).forEach(y -> replay(check, regimes, y))))
        .replaceWith(check);
  }

  private static List<List<SqlRow>> years(List<SqlRow> rows) {
    Map<String, List<SqlRow>> years =
        rows.stream()
            .collect(
                Collectors.groupingBy(row -> row.text(0), LinkedHashMap::new, Collectors.toList()));
    return years.values().stream().filter(TaxIdentity::isPlain).toList();
  }

  private static boolean isPlain(List<SqlRow> year) {
    return year.stream().allMatch(row -> row.text(5).equals("COUNTED"))
        && year.stream().map(row -> row.text(6)).distinct().count() == 1;
  }

  private static void replay(Check check, List<TaxRegime> regimes, List<SqlRow> year) {
    Withholding.YearSoFar before = Withholding.YearSoFar.NOTHING;
    for (SqlRow row : year) {
      LocalDate day = LocalDate.parse(row.text(2));
      Money income = row.fen(3);
      Money tax = row.fen(4);
      Withholding should = Withholding.of(TaxRegime.on(day, regimes), before, income, day);
      check.compare(
          row.uuid(1).toString(),
          should.tax().minor(),
          tax.minor(),
          "the tax of a payment against what the person received before in the year");
      before =
          new Withholding.YearSoFar(
              before.income().plus(income),
              before.withheld().plus(tax),
              before.firstMonth() == 0 ? day.getMonthValue() : before.firstMonth());
    }
  }
}
