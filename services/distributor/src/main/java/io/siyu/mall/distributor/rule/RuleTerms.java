package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * What a rule pays to the two levels there are. A third has no place here. Together they never pay
 * more than half of the base: rates that would are refused when the rule is written; fixed amounts,
 * whose base is known only with the order, are cut when they are computed.
 */
public record RuleTerms(CommissionTerms direct, CommissionTerms upline) {

  /** The most that both levels may take of a line's base. */
  public static final BasisPoints CAP = new BasisPoints(5_000);

  public static final String ABOVE_CAP = "COMMISSION_ABOVE_CAP";

  /**
   * @throws DomainException {@value #ABOVE_CAP} when the rates add up to more than {@link #CAP}
   */
  public RuleTerms {
    Objects.requireNonNull(direct);
    Objects.requireNonNull(upline);
    int sum = direct.share().value() + upline.share().value();
    if (sum > CAP.value()) {
      throw new DomainException(
              Kind.INVALID_ARGUMENT,
              ABOVE_CAP,
              "both levels together take " + sum + " basis points, at most 5000 are allowed")
          .violation("direct_terms", "together with upline_terms at most 5000 basis points")
          .with("sum", sum)
          .with("cap", CAP.value());
    }
  }

  /**
   * What the levels earn on a line. When they would take more than half of the base, both are cut
   * in proportion, each rounded down.
   *
   * @param base what was paid for the line, without freight
   * @param hasUpline whether somebody is there to earn the second level
   */
  public Earnings earnings(Money base, long quantity, boolean hasUpline) {
    if (!base.isPositive() || quantity <= 0) {
      return new Earnings(Money.ZERO, Money.ZERO, false);
    }
    Money first = direct.of(base, quantity);
    Money second = hasUpline ? upline.of(base, quantity) : Money.ZERO;
    Money most = CAP.of(base, RoundingMode.DOWN);
    Money sum = first.plus(second);
    if (sum.compareTo(most) <= 0) {
      return new Earnings(first, second, false);
    }
    return new Earnings(
        first.portion(most.minor(), sum.minor(), RoundingMode.DOWN),
        second.portion(most.minor(), sum.minor(), RoundingMode.DOWN),
        true);
  }

  /**
   * @param capped whether the amounts were cut
   */
  public record Earnings(Money direct, Money upline, boolean capped) {}
}
