package io.siyu.mall.platform.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MoneyTest {

  @Property
  void partsAddUpToTheWhole(
      @ForAll long minor,
      @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 0, max = Long.MAX_VALUE) Long> list) {
    Assume.that(minor != Long.MIN_VALUE);
    long[] weights = list.stream().mapToLong(Long::longValue).toArray();
    Assume.that(Arrays.stream(weights).anyMatch(w -> w > 0));
    List<Money> parts = Money.fen(minor).split(weights);
    assertEquals(Money.fen(minor), Money.sum(parts));
    for (int i = 0; i < weights.length; i++) {
      assertTrue(weights[i] > 0 || parts.get(i).isZero(), "nothing for no weight");
      assertTrue(parts.get(i).isZero() || parts.get(i).isNegative() == minor < 0, "same sign");
    }
  }

  @Property
  void noPartIsOffByAUnitOrMore(
      @ForAll @LongRange(min = -1_000_000_000L, max = 1_000_000_000L) long minor,
      @ForAll @Size(min = 1, max = 8) List<@LongRange(min = 0, max = 1_000_000) Long> list) {
    long[] weights = list.stream().mapToLong(Long::longValue).toArray();
    long total = Arrays.stream(weights).sum();
    Assume.that(total > 0);
    List<Money> parts = Money.fen(minor).split(weights);
    for (int i = 0; i < weights.length; i++) {
      BigDecimal exact =
          BigDecimal.valueOf(minor)
              .multiply(BigDecimal.valueOf(weights[i]))
              .divide(BigDecimal.valueOf(total), 12, RoundingMode.HALF_EVEN);
      BigDecimal off = exact.subtract(BigDecimal.valueOf(parts.get(i).minor())).abs();
      assertTrue(off.compareTo(BigDecimal.ONE) < 0, parts + " for " + exact);
    }
  }

  @Property
  void splittingInEqualPartsDiffersByOneAtMost(
      @ForAll @LongRange(min = 0, max = 1_000_000) long minor,
      @ForAll @IntRange(min = 1, max = 50) int count) {
    long[] weights = new long[count];
    Arrays.fill(weights, 7);
    List<Money> parts = Money.fen(minor).split(weights);
    assertTrue(parts.get(0).minus(parts.get(count - 1)).minor() <= 1);
  }

  @Property
  void aShareAndItsRestAreTheWhole(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long minor,
      @ForAll @IntRange(min = 0, max = 10_000) int points) {
    Money whole = Money.fen(minor);
    Money down = new BasisPoints(points).of(whole, RoundingMode.DOWN);
    Money up = new BasisPoints(BasisPoints.WHOLE - points).of(whole, RoundingMode.UP);
    assertEquals(whole, down.plus(up));
    assertEquals(minor * points / 10_000, down.minor());
  }

  @Property
  void addingAndTakingAwayIsNothing(@ForAll int a, @ForAll int b) {
    Money sum = Money.fen(a).plus(Money.fen(b));
    assertEquals(Money.fen(a), sum.minus(Money.fen(b)));
    assertEquals(sum, Money.fen(b).plus(Money.fen(a)));
    assertEquals(Money.fen(a).negate(), Money.ZERO.minus(Money.fen(a)));
  }

  @Test
  void largestRemainderWins() {
    assertEquals(
        List.of(Money.fen(34), Money.fen(33), Money.fen(33)), Money.fen(100).split(1, 1, 1));
    assertEquals(List.of(Money.fen(2), Money.fen(8)), Money.fen(10).split(15, 85));
    assertEquals(List.of(Money.fen(-1), Money.ZERO), Money.fen(-1).split(1, 1));
  }

  @Test
  void overflowIsAnError() {
    Money most = Money.fen(Long.MAX_VALUE);
    assertThrows(ArithmeticException.class, () -> most.plus(Money.fen(1)));
    assertThrows(ArithmeticException.class, () -> most.times(2));
    assertThrows(ArithmeticException.class, () -> most.portion(3, 2, RoundingMode.DOWN));
    assertThrows(ArithmeticException.class, () -> Money.fen(Long.MIN_VALUE).negate());
  }

  @Test
  void currenciesDoNotMix() {
    Money dollar = new Money(1, Currency.getInstance("USD"));
    assertThrows(IllegalArgumentException.class, () -> Money.fen(1).plus(dollar));
    assertThrows(IllegalArgumentException.class, () -> Money.fen(1).compareTo(dollar));
    assertThrows(
        IllegalArgumentException.class, () -> new FenConverter().convertToDatabaseColumn(dollar));
  }

  @Test
  void weightsMustMakeSense() {
    assertThrows(IllegalArgumentException.class, () -> Money.fen(1).split());
    assertThrows(IllegalArgumentException.class, () -> Money.fen(1).split(0, 0));
    assertThrows(IllegalArgumentException.class, () -> Money.fen(1).split(2, -1));
    assertThrows(IllegalArgumentException.class, () -> new BasisPoints(10_001));
    assertThrows(IllegalArgumentException.class, () -> new BasisPoints(-1));
  }

  @Test
  void readsWell() {
    assertEquals("CNY 12.30", Money.fen(1230).toString());
    assertEquals("CNY -0.05", Money.fen(-5).toString());
  }
}
