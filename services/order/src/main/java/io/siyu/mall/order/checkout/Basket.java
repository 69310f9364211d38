package io.siyu.mall.order.checkout;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.Bounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a member wants to buy.
 *
 * @param quantities pieces by SKU, in the order in which they were named
 */
public record Basket(Map<UUID, Long> quantities) {

  /** One wish. */
  public record Wish(String skuId, long quantity) {}

  /**
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT with all that is wrong
   */
  public static Basket of(List<Wish> wishes) {
    Validation validation = Validation.start().range("lines", wishes.size(), 1, Bounds.LINES);
    for (int i = 0; i < wishes.size(); i++) {
      validation
          .uuid("lines[" + i + "].sku_id", wishes.get(i).skuId())
          .range("lines[" + i + "].quantity", wishes.get(i).quantity(), 1, Bounds.QUANTITY);
    }
    validation.check();
    Map<UUID, Long> quantities = new LinkedHashMap<>();
    for (int i = 0; i < wishes.size(); i++) {
      Long before =
          quantities.put(UUID.fromString(wishes.get(i).skuId()), wishes.get(i).quantity());
      validation.require(before == null, "lines[" + i + "].sku_id", "must not be repeated");
    }
    validation.check();
    return new Basket(quantities);
  }
}
