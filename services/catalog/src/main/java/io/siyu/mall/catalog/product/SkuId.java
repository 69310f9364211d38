package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** The id of a {@link Sku}. */
public record SkuId(UUID value) {

  /** A new, time-ordered id. */
  public static SkuId next() {
    return new SkuId(Ids.next());
  }

  /**
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT on sku_id when it is no
   *     UUID
   */
  public static SkuId parse(String text) {
    return new SkuId(Ids.parse("sku_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
