package io.siyu.mall.catalog.brand;

import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** The id of a {@link Brand}. */
public record BrandId(UUID value) {

  /** A new, time-ordered id. */
  public static BrandId next() {
    return new BrandId(Ids.next());
  }

  /**
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT on brand_id when it is no
   *     UUID
   */
  public static BrandId parse(String text) {
    return new BrandId(Ids.parse("brand_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
