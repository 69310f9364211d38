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
    SkuDraft sku) {

  static PlacedRow of(ImportRow row, UUID brandId, CategoryId categoryId) {
    ProductContent c = row.content();
    return new PlacedRow(
        row.line(),
        brandId,
        row.productNo(),
        row.onSale(),
        new ProductContent(
            categoryId,
            c.title(),
            c.brief(),
            c.unit(),
            c.keywords(),
            c.coverUrl(),
            c.galleryUrls(),
            c.attributes(),
            c.detailHtml()),
        row.sku());
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
