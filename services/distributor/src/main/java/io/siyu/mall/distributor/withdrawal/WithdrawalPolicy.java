package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import java.math.RoundingMode;

/**
 * What may be withdrawn.
 *
 * @param minimum the least amount of one withdrawal
 * @param dailyCap the most of one business day, over all withdrawals that did not fail
 * @param fee the platform's share of the amount, rounded down
 */
public record WithdrawalPolicy(Money minimum, Money dailyCap, BasisPoints fee) {

  /** WeChat Pay's {@code transfer_amount} is a 32-bit integer of fen. */
  private static final Money LARGEST_TRANSFER = Money.fen(Integer.MAX_VALUE);

  public WithdrawalPolicy {
    if (dailyCap.compareTo(LARGEST_TRANSFER) > 0) {
      throw new IllegalArgumentException(
          "a day's withdrawals may be at most " + LARGEST_TRANSFER + ", not " + dailyCap);
    }
  }

  /** The fee of an amount. */
  public Money feeOf(Money amount) {
    return fee.of(amount, RoundingMode.DOWN);
  }

  /**
   * @param today what was requested on the same business day already
   * @throws DomainException BELOW_MINIMUM, DAILY_CAP_REACHED
   */
  public void check(Money amount, Money today) {
    if (amount.compareTo(minimum) < 0) {
      throw new DomainException(
              Kind.INVALID_ARGUMENT, "BELOW_MINIMUM", "the least amount is " + minimum)
          .violation("amount", "must be at least " + minimum.minor() + " fen")
          .with("minimum_fen", minimum.minor());
    }
    if (amount.compareTo(dailyCap.minus(today)) > 0) {
      throw new DomainException(
              Kind.FAILED_PRECONDITION, "DAILY_CAP_REACHED", "the day's cap is " + dailyCap)
          .with("daily_cap_fen", dailyCap.minor())
          .with("requested_today_fen", today.minor());
    }
  }
}
