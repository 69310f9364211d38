package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** The id of a {@link Product}. */
public record ProductId(UUID value) {

  /** A new, time-ordered id. */
  public static ProductId next() {
    return new ProductId(Ids.next());
  }

  /**
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT on product_id when it is
   *     no UUID
   */
  public static ProductId parse(String text) {
    return new ProductId(Ids.parse("product_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
