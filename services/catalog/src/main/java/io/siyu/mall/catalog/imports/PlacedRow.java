package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.catalog.product.ProductContent;
import io.siyu.mall.catalog.product.SkuDraft;
import java.util.UUID;

/** A row whose brand and category are known. */
record PlacedRow(
    long line,
    UUID brandId,
    String productNo,
    boolean onSale,
    ProductContent content,
    SkuDraft sku,
    boolean saysStock) {

  static PlacedRow of(ImportRow row, UUID brandId, CategoryId categoryId) {
    return new PlacedRow(
        row.line(),
        brandId,
        row.productNo(),
        row.onSale(),
        row.content().in(categoryId),
        row.sku(),
        row.saysStock());
  }

  /** The same row; what it says of the product is kept once for all its rows. */
  PlacedRow sharing(PlacedRow first) {
    return content.equals(first.content)
        ? new PlacedRow(line, brandId, productNo, onSale, first.content, sku, saysStock)
        : this;
  }

  /** A number within its brand: of a product or of a SKU. */
  record Number(UUID brandId, String number) {}

  Number product() {
    return new Number(brandId, productNo);
  }

  Number skuNumber() {
    return new Number(brandId, sku.skuNo());
  }
}
