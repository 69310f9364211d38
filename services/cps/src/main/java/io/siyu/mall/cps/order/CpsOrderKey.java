package io.siyu.mall.cps.order;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What names an outside order: platform, order number and sub-order number.
 *
 * @param subOrderNo the order number again where a platform has none
 * @param id follows from the three, so that nobody has to look it up
 */
public record CpsOrderKey(Platform platform, String orderNo, String subOrderNo, UUID id) {

  private static final int MAX = 40;
  private static final int DIGITS = 18;
  private static final int LOW_BITS = 12;
  private static final long VERSION = 0x8000L;

  public CpsOrderKey {
    if (!fits(orderNo) || !fits(subOrderNo)) {
      throw DomainException.invalid("order_no", "must have 1 to 40 visible ASCII characters");
    }
  }

  /** A key with the id that follows from it. */
  public CpsOrderKey(Platform platform, String orderNo, String subOrderNo) {
    this(platform, orderNo, subOrderNo, orderedId(platform, orderNo, subOrderNo));
  }

  /**
   * Ordered by the order number, as platforms count them up: rows of the same time lie side by side
   * in every table that has the id in a key, here and in the ledger. At random they would be spread
   * over tables that are larger than the database's memory. A UUID of version 8.
   */
  private static UUID orderedId(Platform platform, String orderNo, String subOrderNo) {
    if (!fits(orderNo) || !fits(subOrderNo)) {
      return null;
    }
    String digits =
        orderNo
            .chars()
            .filter(c -> c >= '0' && c <= '9')
            .limit(DIGITS)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    long number = digits.isEmpty() ? 0 : Long.parseLong(digits);
    long high = (number >>> LOW_BITS) << 16 | VERSION | number & ((1 << LOW_BITS) - 1);
    return new UUID(high, hashed(platform, orderNo, subOrderNo).getLeastSignificantBits());
  }

  private static UUID hashed(Platform platform, String orderNo, String subOrderNo) {
    return UUID.nameUUIDFromBytes(
        String.join("\n", platform.name(), orderNo, subOrderNo).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean fits(String number) {
    return number != null
        && !number.isEmpty()
        && number.length() <= MAX
        && number.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}
