package io.siyu.mall.platform.money;

import java.math.RoundingMode;

/** A share of an amount in hundredths of a percent: 10 000 is the whole. Never outside 0…10 000. */
public record BasisPoints(int value) implements Comparable<BasisPoints> {

  /** The whole. */
  public static final int WHOLE = 10_000;

  public static final BasisPoints ZERO = new BasisPoints(0);

  public BasisPoints {
    if (value < 0 || value > WHOLE) {
      throw new IllegalArgumentException("basis points out of 0…10000: " + value);
    }
  }

  /** This share of the amount, rounded as named. */
  public Money of(Money amount, RoundingMode rounding) {
    return amount.portion(value, WHOLE, rounding);
  }

  /**
   * @throws IllegalArgumentException when the sum is more than the whole
   */
  public BasisPoints plus(BasisPoints other) {
    return new BasisPoints(value + other.value);
  }

  @Override
  public int compareTo(BasisPoints other) {
    return Integer.compare(value, other.value);
  }
}
