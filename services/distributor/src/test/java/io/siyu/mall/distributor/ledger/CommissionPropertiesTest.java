package io.siyu.mall.distributor.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.distributor.rule.CommissionTerms;
import io.siyu.mall.distributor.rule.RuleTerms;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import java.math.RoundingMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CommissionPropertiesTest {

  @Provide
  Arbitrary<CommissionTerms> terms() {
    return Scenarios.terms();
  }

  @Property
  void bothLevelsTogetherNeverTakeMoreThanHalf(
      @ForAll("terms") CommissionTerms direct,
      @ForAll("terms") CommissionTerms upline,
      @ForAll @LongRange(min = 0, max = 1_000_000) long base,
      @ForAll @LongRange(min = 1, max = 99) long quantity,
      @ForAll boolean hasUpline) {
    RuleTerms.Earnings earnings =
        new RuleTerms(direct, upline).earnings(Money.fen(base), quantity, hasUpline);
    assertFalse(earnings.direct().isNegative());
    assertFalse(earnings.upline().isNegative());
    assertTrue(earnings.direct().plus(earnings.upline()).minor() <= base / 2);
    assertTrue(hasUpline || earnings.upline().isZero());
  }

  @Property
  void aRateIsRoundedDownAndNeverCut(
      @ForAll @IntRange(min = 0, max = 5_000) int points,
      @ForAll @LongRange(min = 0, max = 100_000_000) long base) {
    RuleTerms terms =
        new RuleTerms(new CommissionTerms.Rate(new BasisPoints(points)), CommissionTerms.NOTHING);
    RuleTerms.Earnings earnings = terms.earnings(Money.fen(base), 1, true);
    assertEquals(Math.floorDiv(base * points, 10_000), earnings.direct().minor());
    assertFalse(earnings.capped());
  }

  @Property
  void ratesAboveHalfAreRefused(
      @ForAll @IntRange(min = 0, max = 10_000) int direct,
      @ForAll @IntRange(min = 0, max = 10_000) int upline) {
    CommissionTerms first = new CommissionTerms.Rate(new BasisPoints(direct));
    CommissionTerms second = new CommissionTerms.Rate(new BasisPoints(upline));
    if (direct + upline <= 5_000) {
      new RuleTerms(first, second);
    } else {
      DomainException refusal =
          assertThrows(DomainException.class, () -> new RuleTerms(first, second));
      assertEquals(RuleTerms.ABOVE_CAP, refusal.reason());
    }
  }

  @Property
  void reversalsGrowWithRefundsAndAddUpToTheWhole(
      @ForAll @LongRange(min = 0, max = 50_000) long earned,
      @ForAll @LongRange(min = 1, max = 100_000) long base,
      @ForAll @IntRange(min = 1, max = 12) int quantity) {
    Money before = Money.ZERO;
    Money sum = Money.ZERO;
    for (int units = 1; units <= quantity; units++) {
      Money refunded = Money.fen(base).portion(units, quantity, RoundingMode.DOWN);
      Money reversed =
          CommissionDerivation.reversed(Money.fen(earned), line(quantity, base, units, refunded));
      assertTrue(reversed.compareTo(before) >= 0 && reversed.minor() <= earned);
      if (units < quantity && refunded.minor() < base) {
        assertEquals(Math.floorDiv(earned * refunded.minor(), base), reversed.minor());
      }
      sum = sum.plus(reversed.minus(before));
      before = reversed;
    }
    assertEquals(earned, sum.minor());
  }

  @Example
  void fixedAmountsAreCutInProportion() {
    RuleTerms terms =
        new RuleTerms(
            new CommissionTerms.PerUnit(Money.fen(600)),
            new CommissionTerms.PerUnit(Money.fen(300)));
    RuleTerms.Earnings earnings = terms.earnings(Money.fen(1_001), 1, true);
    // Half of the base is 500; 600 : 300 of it, each rounded down.
    assertEquals(333, earnings.direct().minor());
    assertEquals(166, earnings.upline().minor());
    assertTrue(earnings.capped());
  }

  private static LineFacts line(long quantity, long base, long units, Money refunded) {
    return new LineFacts(
        new java.util.UUID(1, 1),
        new LineFacts.Sale("s", "p", "t", quantity, Money.fen(base), null),
        units,
        refunded);
  }
}
