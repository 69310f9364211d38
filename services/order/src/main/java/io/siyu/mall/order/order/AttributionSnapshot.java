package io.siyu.mall.order.order;

import java.util.Arrays;
import java.util.UUID;

/**
 * Who is credited with a line and why, as the distributor service answered at placing. Frozen: kept
 * byte for byte, so that even what this version does not know of comes back out, and never computed
 * again.
 *
 * @param encoded the answer as it came
 * @param distributorId who is credited, or null for nobody
 */
public record AttributionSnapshot(byte[] encoded, UUID distributorId) {

  /** Nobody is credited. */
  public static final AttributionSnapshot NOBODY = new AttributionSnapshot(new byte[0], null);

  @Override
  public boolean equals(Object other) {
    return other instanceof AttributionSnapshot that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "AttributionSnapshot[" + distributorId + "]";
  }
}
