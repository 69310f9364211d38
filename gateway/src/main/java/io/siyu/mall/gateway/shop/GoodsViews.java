package io.siyu.mall.gateway.shop;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.Attribute;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.ListBrandsResponse;
import io.siyu.mall.proto.catalog.v1.ListProductsResponse;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.Sku;
import java.util.List;

/** Goods as everybody sees them. */
final class GoodsViews {

  private GoodsViews() {}

  /** Order of a list of products. */
  public enum ProductSort {
    NEWEST,
    PRICE_ASCENDING,
    PRICE_DESCENDING
  }

  /** A brand. */
  public record ShopBrand(
      String brandId, String code, String name, @Nullable String logoUrl, @Nullable String story) {

    static ShopBrand of(Brand brand) {
      return new ShopBrand(
          brand.getBrandId(),
          brand.getCode(),
          brand.getName(),
          Wire.text(brand.getLogoUrl()),
          Wire.text(brand.getStory()));
    }
  }

  /** One page of brands. */
  public record ShopBrandPage(List<ShopBrand> items, @Nullable String nextPageToken) {

    static ShopBrandPage of(ListBrandsResponse page) {
      return new ShopBrandPage(
          Wire.list(page.getBrandsList(), ShopBrand::of), Wire.text(page.getNextPageToken()));
    }
  }

  /** A category; {@code path} is its names from the top, joined by "/". */
  public record ShopCategory(
      String categoryId, @Nullable String parentId, String name, String path) {

    static ShopCategory of(Category category) {
      return new ShopCategory(
          category.getCategoryId(),
          Wire.text(category.getParentId()),
          category.getName(),
          category.getPath());
    }
  }

  /** All categories, parents before their children. */
  public record ShopCategories(List<ShopCategory> items) {}

  /** A property or a specification, for example 颜色 = 米白. */
  public record ShopAttribute(String name, String value) {

    static ShopAttribute of(Attribute attribute) {
      return new ShopAttribute(attribute.getName(), attribute.getValue());
    }
  }

  /**
   * What can be bought.
   *
   * @param listPriceFen the struck-through price
   * @param available pieces that can be bought now
   * @param afterSaleDays days after receipt in which it can be returned
   */
  public record ShopSku(
      String skuId,
      String skuNo,
      List<ShopAttribute> specs,
      long listPriceFen,
      long priceFen,
      long available,
      int afterSaleDays) {

    static ShopSku of(Sku sku) {
      return new ShopSku(
          sku.getSkuId(),
          sku.getSkuNo(),
          Wire.list(sku.getSpecsList(), ShopAttribute::of),
          Fen.of(sku.getListPrice()),
          Fen.of(sku.getPrice()),
          sku.getAvailable(),
          sku.getAfterSaleDays());
    }
  }

  /** A product in a list. */
  public record ShopProductSummary(
      String productId,
      String brandId,
      String brandName,
      @Nullable String categoryId,
      String title,
      @Nullable String brief,
      @Nullable String coverUrl,
      long priceFromFen) {

    static ShopProductSummary of(Product product) {
      return new ShopProductSummary(
          product.getProductId(),
          product.getBrandId(),
          product.getBrandName(),
          Wire.text(product.getCategoryId()),
          product.getTitle(),
          Wire.text(product.getBrief()),
          Wire.text(product.getCoverUrl()),
          Fen.of(product.getPriceFrom()));
    }
  }

  /** One page of products. */
  public record ShopProductPage(List<ShopProductSummary> items, @Nullable String nextPageToken) {

    static ShopProductPage of(ListProductsResponse page) {
      return new ShopProductPage(
          Wire.list(page.getProductsList(), ShopProductSummary::of),
          Wire.text(page.getNextPageToken()));
    }
  }

  /** The page of a product; {@code detailHtml} is sanitised. */
  public record ShopProduct(
      String productId,
      String productNo,
      String brandId,
      String brandCode,
      String brandName,
      @Nullable String categoryId,
      @Nullable String categoryPath,
      String title,
      @Nullable String brief,
      @Nullable String unit,
      @Nullable String coverUrl,
      List<String> galleryUrls,
      List<ShopAttribute> attributes,
      @Nullable String detailHtml,
      List<ShopSku> skus,
      long priceFromFen) {

    static ShopProduct of(Product product) {
      return new ShopProduct(
          product.getProductId(),
          product.getProductNo(),
          product.getBrandId(),
          product.getBrandCode(),
          product.getBrandName(),
          Wire.text(product.getCategoryId()),
          Wire.text(product.getCategoryPath()),
          product.getTitle(),
          Wire.text(product.getBrief()),
          Wire.text(product.getUnit()),
          Wire.text(product.getCoverUrl()),
          List.copyOf(product.getGalleryUrlsList()),
          Wire.list(product.getAttributesList(), ShopAttribute::of),
          Wire.text(product.getDetailHtml()),
          Wire.list(product.getSkusList(), ShopSku::of),
          Fen.of(product.getPriceFrom()));
    }
  }
}
