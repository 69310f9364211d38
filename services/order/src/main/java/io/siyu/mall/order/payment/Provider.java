package io.siyu.mall.order.payment;

import io.siyu.mall.platform.money.Money;

/** Who takes the money. */
public enum Provider {
  /** Its amounts are 32-bit integers of fen ({@code amount.total}, {@code amount.refund}). */
  WECHAT_PAY(Money.fen(Integer.MAX_VALUE));

  private final Money largestPayment;

  Provider(Money largestPayment) {
    this.largestPayment = largestPayment;
  }

  /** The most that it takes, and gives back, at once. */
  public Money largestPayment() {
    return largestPayment;
  }

  /** The most that any of them takes at once: what costs more cannot be paid. */
  public static Money largestOfAll() {
    Money largest = Money.ZERO;
    for (Provider provider : values()) {
      largest = largest.max(provider.largestPayment);
    }
    return largest;
  }
}
