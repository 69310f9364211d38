package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.brand.BrandState;
import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A product as it is read.
 *
 * @param body null in lists
 * @param publishedAt null when it never was on sale
 * @param listedAt the key of "newest first"
 */
public record ProductView(
    UUID id,
    String productNo,
    UUID brandId,
    String brandCode,
    String brandName,
    BrandState brandState,
    UUID categoryId,
    String categoryPath,
    String title,
    String brief,
    String unit,
    List<String> keywords,
    String coverUrl,
    ProductState state,
    Money priceFrom,
    long version,
    Instant createdAt,
    Instant publishedAt,
    Instant listedAt,
    Body body,
    List<SkuView> skus) {

  /** What only the product's own page shows. */
  public record Body(List<String> galleryUrls, List<NamedValue> attributes, String detailHtml) {}

  /** One of its SKUs. */
  public record SkuView(
      UUID id,
      UUID productId,
      String skuNo,
      List<NamedValue> specs,
      Prices prices,
      int afterSaleDays,
      long available) {}

  /** Whether shoppers see it and can buy it. */
  boolean onSale() {
    return state == ProductState.PUBLISHED && brandState == BrandState.ON_SALE;
  }

  ProductView with(List<SkuView> found) {
    return new ProductView(
        id,
        productNo,
        brandId,
        brandCode,
        brandName,
        brandState,
        categoryId,
        categoryPath,
        title,
        brief,
        unit,
        keywords,
        coverUrl,
        state,
        priceFrom,
        version,
        createdAt,
        publishedAt,
        listedAt,
        body,
        List.copyOf(found));
  }
}
