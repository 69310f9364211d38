package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.product.NamedValue;
import io.siyu.mall.catalog.product.Prices;
import io.siyu.mall.catalog.product.ProductContent;
import io.siyu.mall.catalog.product.ProductState;
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

  record Sku(
      UUID id, UUID productId, String skuNo, int position, List<NamedValue> specs, Prices prices) {}

  /** The SKUs of one product. */
  List<Sku> skusOf(UUID productId) {
    return skus.values().stream().filter(sku -> sku.productId.equals(productId)).toList();
  }
}
