package io.siyu.mall.cps.order;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What names an outside order: platform, order number and sub-order number.
 *
 * @param subOrderNo the order number again where a platform has none
 */
public record CpsOrderKey(Platform platform, String orderNo, String subOrderNo) {

  private static final int MAX = 40;

  public CpsOrderKey {
    if (!fits(orderNo) || !fits(subOrderNo)) {
      throw DomainException.invalid("order_no", "must have 1 to 40 visible ASCII characters");
    }
  }

  /** The id: follows from the three, so that nobody has to look it up. */
  public UUID id() {
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
