package io.siyu.mall.order.payment;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The numbers under which a provider knows payments and refunds. They are another spelling of our
 * ids, so that a message about one leads straight to its row.
 */
public final class PaymentNumbers {

  private static final String REFUND = "R";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");
  private static final int HALF = 16;
  private static final int RADIX = 16;

  private PaymentNumbers() {}

  /** out_trade_no: 32 hexadecimal digits. */
  public static String of(PaymentId id) {
    return id.toString().replace("-", "");
  }

  /** out_refund_no: R and 32 hexadecimal digits. */
  public static String of(RefundId id) {
    return REFUND + id.toString().replace("-", "");
  }

  /** Empty when no payment of ours has such a number. */
  public static Optional<PaymentId> payment(String number) {
    return uuid(number).map(PaymentId::new);
  }

  /** Empty when no refund of ours has such a number. */
  public static Optional<RefundId> refund(String number) {
    return number != null && number.startsWith(REFUND)
        ? uuid(number.substring(REFUND.length())).map(RefundId::new)
        : Optional.empty();
  }

  private static Optional<UUID> uuid(String hex) {
    if (hex == null || !HEX.matcher(hex).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new UUID(
            Long.parseUnsignedLong(hex.substring(0, HALF), RADIX),
            Long.parseUnsignedLong(hex.substring(HALF), RADIX)));
  }
}
