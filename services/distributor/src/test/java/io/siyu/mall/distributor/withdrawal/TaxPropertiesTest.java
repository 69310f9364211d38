package io.siyu.mall.distributor.withdrawal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.distributor.withdrawal.Withholding.YearSoFar;
import io.siyu.mall.platform.money.Money;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TaxPropertiesTest {

  /** The two regimes, written down a second time. */
  static final TaxRegime BEFORE =
      new TaxRegime(
          "labour-2018",
          TaxRegime.Kind.PER_PAYMENT,
          LocalDate.of(2019, 1, 1),
          2_000,
          0,
          400_000,
          80_000,
          List.of(
              new TaxRegime.Bracket(2_000_000L, 2_000, 0),
              new TaxRegime.Bracket(5_000_000L, 3_000, 200_000),
              new TaxRegime.Bracket(null, 4_000, 700_000)));

  static final TaxRegime NOW =
      new TaxRegime(
          "platform-2025",
          TaxRegime.Kind.CUMULATIVE,
          LocalDate.of(2025, 10, 1),
          2_000,
          500_000,
          0,
          0,
          List.of(
              new TaxRegime.Bracket(3_600_000L, 300, 0),
              new TaxRegime.Bracket(14_400_000L, 1_000, 252_000),
              new TaxRegime.Bracket(30_000_000L, 2_000, 1_692_000),
              new TaxRegime.Bracket(42_000_000L, 2_500, 3_192_000),
              new TaxRegime.Bracket(66_000_000L, 3_000, 5_292_000),
              new TaxRegime.Bracket(96_000_000L, 3_500, 8_592_000),
              new TaxRegime.Bracket(null, 4_500, 18_192_000)));

  private static final LocalDate JUNE = LocalDate.of(2026, 6, 15);

  private static long tax(TaxRegime regime, long yuan) {
    return Withholding.of(regime, YearSoFar.NOTHING, Money.fen(yuan * 100), JUNE).tax().minor();
  }

  @Example
  void theTableIsContinuous() {
    for (TaxRegime regime : List.of(BEFORE, NOW)) {
      for (TaxRegime.Bracket bracket : regime.brackets()) {
        if (bracket.upTo() != null) {
          long end = regime.taxOn(bracket.upTo());
          long begin = regime.taxOn(bracket.upTo() + 100);
          assertTrue(begin > end && begin - end <= 45, bracket.toString());
        }
      }
    }
  }

  @Example
  void perPaymentAsTheLawHadIt() {
    assertEquals(0, tax(BEFORE, 800));
    assertEquals(440_00, tax(BEFORE, 3_000));
    assertEquals(640_00, tax(BEFORE, 4_000));
    assertEquals(1_600_00, tax(BEFORE, 10_000));
    assertEquals(10_000_00, tax(BEFORE, 50_000));
    assertEquals(25_000_00, tax(BEFORE, 100_000));
  }

  @Example
  void cumulativelyAsTheLawHasItNow() {
    // 10 000 − 2 000 − 5 000 = 3 000 at 3 %.
    assertEquals(90_00, tax(NOW, 10_000));
    assertEquals(0, tax(NOW, 6_250));
    // The same again a month later: 20 000 − 4 000 − 10 000 = 6 000 at 3 %, less 90.
    Withholding second =
        Withholding.of(
            NOW,
            new YearSoFar(Money.fen(1_000_000), Money.fen(9_000), 6),
            Money.fen(1_000_000),
            LocalDate.of(2026, 7, 1));
    assertEquals(9_000, second.tax().minor());
    assertTrue(second.explanation().contains("2 个月"), second.explanation());
    assertTrue(second.explanation().contains("已预扣 ¥90.00"), second.explanation());
  }

  @Property
  void theSumOfAYearIsTheTaxOnTheSum(
      @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 100, max = 20_000_000) Long> incomes) {
    long income = 0;
    long withheld = 0;
    for (long next : incomes) {
      Withholding one =
          Withholding.of(
              NOW,
              new YearSoFar(Money.fen(income), Money.fen(withheld), income == 0 ? 0 : 6),
              Money.fen(next),
              JUNE);
      income += next;
      withheld += one.tax().minor();
      assertTrue(one.tax().minor() >= 0 && one.tax().minor() < next);
    }
    long taxable = Math.max(0, income - TaxRegime.portion(income, 2_000) - 500_000);
    assertEquals(NOW.taxOn(taxable), withheld);
  }

  @Property
  void moreMonthsNeverCostMore(@ForAll @LongRange(min = 100, max = 100_000_000) long income) {
    long early = withheldIn(income, 6);
    long late = withheldIn(income, 1);
    assertTrue(late <= early);
  }

  @Example
  void theDayChoosesTheRegime() {
    List<TaxRegime> all = List.of(NOW, BEFORE);
    assertEquals(BEFORE, TaxRegime.on(LocalDate.of(2025, 9, 30), all));
    assertEquals(NOW, TaxRegime.on(LocalDate.of(2025, 10, 1), all));
    assertThrows(IllegalStateException.class, () -> TaxRegime.on(LocalDate.of(2018, 1, 1), all));
  }

  private static long withheldIn(long income, int firstMonth) {
    return Withholding.of(
            NOW, new YearSoFar(Money.fen(1), Money.ZERO, firstMonth), Money.fen(income), JUNE)
        .tax()
        .minor();
  }
}
