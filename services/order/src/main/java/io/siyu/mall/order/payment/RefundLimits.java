package io.siyu.mall.order.payment;

import java.time.Duration;
import java.time.Instant;

/**
 * What WeChat Pay allows for the refunds of one payment (申请退款, notes of
 * https://pay.weixin.qq.com/doc/v3/merchant/4013071036): at most 50 partial ones, a minute apart,
 * within a year of the payment.
 */
public final class RefundLimits {

  public static final int MOST = 50;
  public static final Duration APART = Duration.ofMinutes(1);
  public static final Duration REFUNDABLE = Duration.ofDays(365);

  /** Why a refund is not even sent. */
  public static final String USED_UP = "PROVIDER_REFUNDS_USED_UP";

  public static final String YEAR_OVER = "PROVIDER_REFUND_YEAR_OVER";

  /** What staff are warned of before they decide on more refunds of a payment. */
  public static final String FEW_LEFT = "FEW_PROVIDER_REFUNDS_LEFT";

  public static final String YEAR_ENDS = "PROVIDER_REFUND_YEAR_ENDS";

  /** From the 45th on. */
  private static final int WARN_BELOW = 7;

  private static final Duration WARN_BEFORE = Duration.ofDays(30);

  private RefundLimits() {}

  /** Until when a payment can be given back through its provider. */
  public static Instant until(Instant paidAt) {
    return paidAt.plus(REFUNDABLE);
  }

  /**
   * What to be warned of; empty when there is nothing.
   *
   * @param used refunds of the payment that the provider has
   */
  public static String warning(long used, Instant paidAt, Instant now) {
    if (now.isAfter(until(paidAt))) {
      return YEAR_OVER;
    }
    if (used >= MOST) {
      return USED_UP;
    }
    if (MOST - used < WARN_BELOW) {
      return FEW_LEFT;
    }
    return now.isAfter(until(paidAt).minus(WARN_BEFORE)) ? YEAR_ENDS : "";
  }
}
