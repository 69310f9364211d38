package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.dated.Dated;
import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.time.BusinessTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A way of withholding income tax that the law had, or has, in force; data, not code, so that a
 * change of the table is a row. All amounts are fen, all rates hundredths of a percent, and all
 * arithmetic is in whole fen. A lawyer confirms the figures (公告 2025/16, 2018/61).
 *
 * @param effectiveFrom the first business day it is in force
 * @param expenseBasisPoints the share of the income that counts as expense
 * @param monthlyDeduction CUMULATIVE: deducted for each month since the year's first income
 * @param smallLimit PER_PAYMENT: up to this income the fixed deduction replaces the share
 * @param smallDeduction PER_PAYMENT: that fixed deduction
 */
public record TaxRegime(
    String id,
    Kind kind,
    LocalDate effectiveFrom,
    int expenseBasisPoints,
    long monthlyDeduction,
    long smallLimit,
    long smallDeduction,
    List<Bracket> brackets) {

  /** How incomes are put together. */
  public enum Kind {
    /** All incomes of the year so far, less what was withheld. */
    CUMULATIVE,
    /** Each payment alone. */
    PER_PAYMENT
  }

  /**
   * @param upTo the last fen of taxable income in it; null for the last bracket
   */
  public record Bracket(Long upTo, int rateBasisPoints, long quickDeduction) {}

  private static final long WHOLE = 10_000;

  public TaxRegime {
    brackets = List.copyOf(brackets);
    if (brackets.isEmpty() || brackets.get(brackets.size() - 1).upTo() != null) {
      throw new IllegalArgumentException("the last bracket of " + id + " must have no upper end");
    }
  }

  /** The regime of a day. A law overtakes those before it, so the day is the version, too. */
  public static TaxRegime on(LocalDate day, List<TaxRegime> regimes) {
    return new Timeline<>(regimes.stream().map(Law::new).toList())
        .at(BusinessTime.start(day))
        .map(Law::regime)
        .orElseThrow(() -> new IllegalStateException("no tax regime is in force on " + day));
  }

  private record Law(TaxRegime regime) implements Dated {
    @Override
    public long version() {
      return regime.effectiveFrom.toEpochDay();
    }

    @Override
    public Instant effectiveFrom() {
      return BusinessTime.start(regime.effectiveFrom);
    }
  }

  /** The tax on a taxable income: rate less quick deduction, rounded half up to the fen. */
  long taxOn(long taxable) {
    if (taxable <= 0) {
      return 0;
    }
    for (Bracket bracket : brackets) {
      if (bracket.upTo() == null || taxable <= bracket.upTo()) {
        return Math.max(0, portion(taxable, bracket.rateBasisPoints()) - bracket.quickDeduction());
      }
    }
    throw new IllegalStateException("unreachable: the last bracket has no upper end");
  }

  /** The rate that applies to a taxable income, for the explanation. */
  int rateOn(long taxable) {
    for (Bracket bracket : brackets) {
      if (bracket.upTo() == null || taxable <= bracket.upTo()) {
        return bracket.rateBasisPoints();
      }
    }
    return 0;
  }

  /** A share of an amount that is not negative, rounded half up. */
  static long portion(long amount, long basisPoints) {
    return (Math.multiplyExact(amount, basisPoints) + WHOLE / 2) / WHOLE;
  }
}
