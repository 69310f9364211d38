package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.product.NamedValue;
import io.siyu.mall.catalog.product.Prices;
import io.siyu.mall.catalog.product.ProductContent;
import io.siyu.mall.catalog.product.ProductState;
import io.siyu.mall.catalog.product.SkuDraft;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the database has of the products and SKUs that a batch names.
 *
 * @param skus every SKU of these products, and those of other products that have a number of the
 *     batch
 */
record StoredGoods(Map<PlacedRow.Number, Product> products, Map<PlacedRow.Number, Sku> skus) {

  record Product(UUID id, ProductContent content, ProductState state) {}

  /**
   * @param supplied pieces that were ever supplied
   * @param available pieces that can be sold
   */
  record Sku(
      UUID id,
      UUID productId,
      String skuNo,
      int position,
      List<NamedValue> specs,
      Prices prices,
      int afterSaleDays,
      long supplied,
      long available) {

    /** Whether it is as the draft says, but for its stock. */
    boolean isAs(SkuDraft draft) {
      return specs.equals(draft.specs())
          && prices.equals(draft.prices())
          && afterSaleDays == draft.afterSaleDays();
    }
  }

  /** The SKUs of one product. */
  List<Sku> skusOf(UUID productId) {
    return skus.values().stream().filter(sku -> sku.productId.equals(productId)).toList();
  }
}
