package io.siyu.mall.platform.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * An amount of money in the smallest unit of its currency (fen for CNY). It may be negative. Every
 * operation is exact: an overflow throws {@link ArithmeticException}, two currencies never mix
 * ({@link IllegalArgumentException}), and whoever divides names the rounding.
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {

  /** The yuan, the only currency in use today. */
  public static final Currency CNY = Currency.getInstance("CNY");

  /** Nothing, in yuan. */
  public static final Money ZERO = new Money(0, CNY);

  public Money {
    Objects.requireNonNull(currency, "currency");
  }

  /** An amount of fen. */
  public static Money fen(long fen) {
    return fen == 0 ? ZERO : new Money(fen, CNY);
  }

  /** The sum; {@link #ZERO} for nothing. */
  public static Money sum(Iterable<Money> amounts) {
    Money total = null;
    for (Money amount : amounts) {
      total = total == null ? amount : total.plus(amount);
    }
    return total == null ? ZERO : total;
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(minor, same(other).minor), currency);
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(minor, same(other).minor), currency);
  }

  /** This amount for {@code count} units. */
  public Money times(long count) {
    return new Money(Math.multiplyExact(minor, count), currency);
  }

  public Money negate() {
    return new Money(Math.negateExact(minor), currency);
  }

  public Money min(Money other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Money max(Money other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public boolean isZero() {
    return minor == 0;
  }

  /** Strictly more than nothing. */
  public boolean isPositive() {
    return minor > 0;
  }

  /** Strictly less than nothing. */
  public boolean isNegative() {
    return minor < 0;
  }

  /**
   * This amount × {@code numerator} ÷ {@code denominator}, rounded once, at the end.
   *
   * @throws ArithmeticException when the denominator is 0 or the result does not fit
   */
  public Money portion(long numerator, long denominator, RoundingMode rounding) {
    BigDecimal product =
        new BigDecimal(BigInteger.valueOf(minor).multiply(BigInteger.valueOf(numerator)));
    return new Money(
        product.divide(BigDecimal.valueOf(denominator), 0, rounding).longValueExact(), currency);
  }

  /**
   * Splits this amount in proportion to the weights, so that the parts always add up to the whole:
   * each part is rounded towards zero, and what remains goes by units to the largest remainders
   * (the earlier part first where they are equal).
   *
   * @throws IllegalArgumentException when there is no weight, a weight is negative, or all are zero
   */
  public List<Money> split(long... weights) {
    BigInteger total = BigInteger.ZERO;
    for (long weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("negative weight " + weight);
      }
      total = total.add(BigInteger.valueOf(weight));
    }
    if (total.signum() == 0) {
      throw new IllegalArgumentException("the weights add up to nothing");
    }
    long[] parts = new long[weights.length];
    BigInteger[] remainders = new BigInteger[weights.length];
    BigInteger whole = BigInteger.valueOf(minor).abs();
    BigInteger given = BigInteger.ZERO;
    for (int i = 0; i < weights.length; i++) {
      BigInteger[] quotient =
          whole.multiply(BigInteger.valueOf(weights[i])).divideAndRemainder(total);
      given = given.add(quotient[0]);
      parts[i] = minor < 0 ? quotient[0].negate().longValueExact() : quotient[0].longValueExact();
      remainders[i] = quotient[1];
    }
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
        .limit(whole.subtract(given).longValueExact())
        .forEach(i -> parts[i] += minor < 0 ? -1 : 1);
    List<Money> result = new ArrayList<>(parts.length);
    for (long part : parts) {
      result.add(new Money(part, currency));
    }
    return List.copyOf(result);
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(minor, same(other).minor);
  }

  /** For people and logs, for example {@code CNY 12.30}. */
  @Override
  public String toString() {
    return currency.getCurrencyCode()
        + " "
        + BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()).toPlainString();
  }

  private Money same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not mix");
    }
    return other;
  }
}
