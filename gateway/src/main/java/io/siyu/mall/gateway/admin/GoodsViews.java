package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.Attribute;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.PricePoint;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.Sku;
import io.siyu.mall.proto.catalog.v1.SkuDraft;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/** The catalogue as staff keep it. */
final class GoodsViews {

  private GoodsViews() {}

  /** Whether a product is for sale. */
  public enum ProductState {
    DRAFT,
    PUBLISHED,
    WITHDRAWN
  }

  /** A new brand; its code never changes. */
  public record AdminBrandRequest(
      @NotBlank @Text(TextType.BRAND_CODE) String code,
      @NotBlank @Text(TextType.BRAND_NAME) String name,
      @Text(TextType.PUBLIC_URL) String logoUrl,
      @Text(TextType.BRAND_STORY) String story) {}

  /** The changeable part of a brand, whole. */
  public record AdminBrandChangeRequest(
      @NotBlank @Text(TextType.BRAND_NAME) String name,
      @Text(TextType.PUBLIC_URL) String logoUrl,
      @Text(TextType.BRAND_STORY) String story) {}

  /** Whether a brand's goods can be seen and bought at all. */
  public enum BrandState {
    ON_SALE,
    OFF_SALE
  }

  /** A brand. */
  public record AdminBrand(
      String brandId,
      String code,
      String name,
      @Nullable String logoUrl,
      @Nullable String story,
      BrandState state,
      @Nullable String stateReason,
      long version,
      @Nullable Instant createdAt) {

    static AdminBrand of(Brand brand) {
      return new AdminBrand(
          brand.getBrandId(),
          brand.getCode(),
          brand.getName(),
          Wire.text(brand.getLogoUrl()),
          Wire.text(brand.getStory()),
          Wire.read(BrandState.class, brand.getState(), "BRAND_"),
          Wire.text(brand.getStateReason()),
          brand.getVersion(),
          Wire.instant(brand.hasCreatedAt(), brand.getCreatedAt()));
    }
  }

  /** A new category; no parent for a top one. */
  public record AdminCategoryRequest(
      @Text(TextType.ID) String parentId,
      @NotBlank @Text(TextType.CATEGORY_NAME) String name,
      @Min(-Bounds.SORT_ORDER) @Max(Bounds.SORT_ORDER) Integer sortOrder) {}

  /**
   * A category, whole: another parent moves it with all that is below it; no parent for the top.
   */
  public record AdminCategoryChangeRequest(
      @Text(TextType.ID) String parentId,
      @NotBlank @Text(TextType.CATEGORY_NAME) String name,
      @Min(-Bounds.SORT_ORDER) @Max(Bounds.SORT_ORDER) Integer sortOrder,
      @NotNull Boolean hidden) {}

  /** A category; shoppers are not shown a hidden one nor what is below it. */
  public record AdminCategory(
      String categoryId,
      @Nullable String parentId,
      String name,
      String path,
      int sortOrder,
      boolean hidden,
      long version) {

    static AdminCategory of(Category category) {
      return new AdminCategory(
          category.getCategoryId(),
          Wire.text(category.getParentId()),
          category.getName(),
          category.getPath(),
          category.getSortOrder(),
          category.getHidden(),
          category.getVersion());
    }
  }

  /** All categories, parents before their children. */
  public record AdminCategories(List<AdminCategory> items) {}

  /** A property or specification. */
  public record AdminAttributeRequest(
      @NotBlank @Text(TextType.ATTRIBUTE_NAME) String name,
      @NotNull @Text(TextType.ATTRIBUTE_VALUE) String value) {

    Attribute attribute() {
      return Attribute.newBuilder().setName(name).setValue(value).build();
    }
  }

  /** A SKU of a new product, or one more of a product. */
  public record AdminSkuRequest(
      @NotBlank @Text(TextType.SKU_NO) String skuNo,
      @Size(max = Bounds.SPECS) List<@Valid @NotNull AdminAttributeRequest> specs,
      @Min(1) @Max(Bounds.PRICE_FEN) Long listPriceFen,
      @NotNull @Min(1) @Max(Bounds.PRICE_FEN) Long priceFen,
      @Min(0) @Max(Bounds.STOCK) Long initialStock,
      @Min(0) @Max(Bounds.AFTER_SALE_DAYS) Integer afterSaleDays) {

    SkuDraft draft() {
      SkuDraft.Builder draft =
          SkuDraft.newBuilder()
              .setSkuNo(skuNo)
              .setListPrice(Fen.money(listPriceFen == null ? priceFen : listPriceFen))
              .setPrice(Fen.money(priceFen))
              .setInitialStock(initialStock == null ? 0 : initialStock)
              .setAfterSaleDays(Wire.number(afterSaleDays));
      if (specs != null) {
        draft.addAllSpecs(Wire.list(specs, AdminAttributeRequest::attribute));
      }
      return draft.build();
    }
  }

  /** A new product with its SKUs. */
  public record AdminProductRequest(
      @NotBlank @Text(TextType.ID) String brandId,
      @NotBlank @Text(TextType.PRODUCT_NO) String productNo,
      @NotBlank @Text(TextType.ID) String categoryId,
      @NotBlank @Text(TextType.PRODUCT_TITLE) String title,
      @Text(TextType.PRODUCT_BRIEF) String brief,
      @Text(TextType.PRODUCT_UNIT) String unit,
      @Size(max = Bounds.KEYWORDS) List<@NotBlank @Text(TextType.KEYWORD) String> keywords,
      @Text(TextType.PUBLIC_URL) String coverUrl,
      @Size(max = Bounds.GALLERY) List<@NotBlank @Text(TextType.PUBLIC_URL) String> galleryUrls,
      @Size(max = Bounds.ATTRIBUTES) List<@Valid @NotNull AdminAttributeRequest> attributes,
      @Text(TextType.DETAIL_HTML) String detailHtml,
      @NotEmpty @Size(max = Bounds.SKUS) List<@Valid @NotNull AdminSkuRequest> skus) {}

  /** The changeable part of a product, whole; prices and stock have their own ways. */
  public record AdminProductChangeRequest(
      @NotBlank @Text(TextType.ID) String categoryId,
      @NotBlank @Text(TextType.PRODUCT_TITLE) String title,
      @Text(TextType.PRODUCT_BRIEF) String brief,
      @Text(TextType.PRODUCT_UNIT) String unit,
      @Size(max = Bounds.KEYWORDS) List<@NotBlank @Text(TextType.KEYWORD) String> keywords,
      @Text(TextType.PUBLIC_URL) String coverUrl,
      @Size(max = Bounds.GALLERY) List<@NotBlank @Text(TextType.PUBLIC_URL) String> galleryUrls,
      @Size(max = Bounds.ATTRIBUTES) List<@Valid @NotNull AdminAttributeRequest> attributes,
      @Text(TextType.DETAIL_HTML) String detailHtml) {}

  /** A new price; the old one stays in the history. */
  public record AdminPriceRequest(
      @NotNull @Min(1) @Max(Bounds.PRICE_FEN) Long listPriceFen,
      @NotNull @Min(1) @Max(Bounds.PRICE_FEN) Long priceFen,
      @Text(TextType.REASON) String reason) {}

  /** A property or specification. */
  public record AdminAttribute(String name, String value) {

    static AdminAttribute of(Attribute attribute) {
      return new AdminAttribute(attribute.getName(), attribute.getValue());
    }
  }

  /** A SKU. */
  public record AdminSku(
      String skuId,
      String skuNo,
      List<AdminAttribute> specs,
      long listPriceFen,
      long priceFen,
      long available,
      int afterSaleDays) {

    static AdminSku of(Sku sku) {
      return new AdminSku(
          sku.getSkuId(),
          sku.getSkuNo(),
          Wire.list(sku.getSpecsList(), AdminAttribute::of),
          Fen.of(sku.getListPrice()),
          Fen.of(sku.getPrice()),
          sku.getAvailable(),
          sku.getAfterSaleDays());
    }
  }

  /** A product; in lists without detail, gallery and attributes. */
  public record AdminProduct(
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
      List<String> keywords,
      @Nullable String coverUrl,
      List<String> galleryUrls,
      List<AdminAttribute> attributes,
      @Nullable String detailHtml,
      ProductState state,
      List<AdminSku> skus,
      long priceFromFen,
      long version,
      @Nullable Instant createdAt,
      @Nullable Instant publishedAt) {

    static AdminProduct of(Product p) {
      return new AdminProduct(
          p.getProductId(),
          p.getProductNo(),
          p.getBrandId(),
          p.getBrandCode(),
          p.getBrandName(),
          Wire.text(p.getCategoryId()),
          Wire.text(p.getCategoryPath()),
          p.getTitle(),
          Wire.text(p.getBrief()),
          Wire.text(p.getUnit()),
          List.copyOf(p.getKeywordsList()),
          Wire.text(p.getCoverUrl()),
          List.copyOf(p.getGalleryUrlsList()),
          Wire.list(p.getAttributesList(), AdminAttribute::of),
          Wire.text(p.getDetailHtml()),
          Wire.read(ProductState.class, p.getState()),
          Wire.list(p.getSkusList(), AdminSku::of),
          Fen.of(p.getPriceFrom()),
          p.getVersion(),
          Wire.instant(p.hasCreatedAt(), p.getCreatedAt()),
          Wire.instant(p.hasPublishedAt(), p.getPublishedAt()));
    }
  }

  /** A price that was or is in force. */
  public record AdminPrice(
      String skuId,
      long listPriceFen,
      long priceFen,
      @Nullable Instant effectiveFrom,
      @Nullable String changedBy,
      @Nullable String reason) {

    static AdminPrice of(PricePoint price) {
      return new AdminPrice(
          price.getSkuId(),
          Fen.of(price.getListPrice()),
          Fen.of(price.getPrice()),
          Wire.instant(price.hasEffectiveFrom(), price.getEffectiveFrom()),
          Wire.text(price.getChangedBy()),
          Wire.text(price.getReason()));
    }
  }
}
