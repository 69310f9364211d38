package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.distributor.attribution.Attributor;
import io.siyu.mall.platform.money.Money;
import java.time.LocalDate;

/**
 * The tax withheld from one payment.
 *
 * @param explanation how it was computed, Chinese
 */
public record Withholding(String regimeId, Money tax, String explanation) {

  /**
   * What the person had in the same year so far, failed payments left out.
   *
   * @param income the sum of earlier incomes
   * @param withheld the sum of what was withheld from them
   * @param firstMonth the month of the first; 0: there was none
   */
  public record YearSoFar(Money income, Money withheld, int firstMonth) {

    /** Nothing yet. */
    public static final YearSoFar NOTHING = new YearSoFar(Money.ZERO, Money.ZERO, 0);
  }

  /** The tax on an income of that day. Never negative; what was withheld is not given back here. */
  public static Withholding of(TaxRegime regime, YearSoFar before, Money income, LocalDate day) {
    return regime.kind() == TaxRegime.Kind.CUMULATIVE
        ? cumulative(regime, before, income, day)
        : perPayment(regime, income);
  }

  private static Withholding cumulative(
      TaxRegime regime, YearSoFar before, Money income, LocalDate day) {
    long sum = Math.addExact(before.income().minor(), income.minor());
    int first = before.firstMonth() == 0 ? day.getMonthValue() : before.firstMonth();
    int months = Math.max(1, day.getMonthValue() - first + 1);
    long expense = TaxRegime.portion(sum, regime.expenseBasisPoints());
    long deduction = Math.multiplyExact(regime.monthlyDeduction(), months);
    long taxable = Math.max(0, sum - expense - deduction);
    long due = Math.max(0, regime.taxOn(taxable) - before.withheld().minor());
    return new Withholding(
        regime.id(),
        Money.fen(due),
        "累计预扣法："
            + day.getYear()
            + " 年累计收入 "
            + yuan(sum)
            + " − 费用 "
            + yuan(expense)
            + " − 减除费用 "
            + yuan(regime.monthlyDeduction())
            + " × "
            + months
            + " 个月 = 应纳税所得额 "
            + yuan(taxable)
            + "，税率 "
            + regime.rateOn(taxable) / 100
            + "%，累计应预扣 "
            + yuan(regime.taxOn(taxable))
            + "，已预扣 "
            + yuan(before.withheld().minor())
            + "，本次预扣 "
            + yuan(due)
            + "。");
  }

  private static Withholding perPayment(TaxRegime regime, Money income) {
    long amount = income.minor();
    long expense =
        amount <= regime.smallLimit()
            ? regime.smallDeduction()
            : TaxRegime.portion(amount, regime.expenseBasisPoints());
    long taxable = Math.max(0, amount - expense);
    long due = regime.taxOn(taxable);
    return new Withholding(
        regime.id(),
        Money.fen(due),
        "按次预扣：本次收入 "
            + yuan(amount)
            + " − 费用 "
            + yuan(Math.min(expense, amount))
            + " = 应纳税所得额 "
            + yuan(taxable)
            + "，税率 "
            + regime.rateOn(taxable) / 100
            + "%，本次预扣 "
            + yuan(due)
            + "。");
  }

  private static String yuan(long fen) {
    return Attributor.yuan(Money.fen(fen));
  }
}
