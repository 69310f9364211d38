package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.brand.BrandView;
import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.catalog.category.CategoryView;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.catalog.v1.Attribute;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.CreateProductRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.PricePoint;
import io.siyu.mall.proto.catalog.v1.SkuQuote;
import io.siyu.mall.proto.catalog.v1.UpdateProductRequest;
import io.siyu.mall.proto.common.v1.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Brands, categories and products on the wire. */
final class CatalogProto {

  private CatalogProto() {}

  static Brand to(BrandView brand) {
    return Brand.newBuilder()
        .setBrandId(ProtoIds.to(brand.id()))
        .setCode(brand.code())
        .setName(brand.name())
        .setLogoUrl(brand.logoUrl())
        .setStory(brand.story())
        .setVersion(brand.version())
        .setState(io.siyu.mall.proto.catalog.v1.BrandState.valueOf("BRAND_" + brand.state().name()))
        .setStateReason(brand.stateReason())
        .setCreatedAt(ProtoTime.to(brand.createdAt()))
        .build();
  }

  static Category to(CategoryView category) {
    return Category.newBuilder()
        .setCategoryId(ProtoIds.to(category.id()))
        .setParentId(ProtoIds.to(category.parentId()))
        .setName(category.name())
        .setPath(category.path())
        .setSortOrder(category.sortOrder())
        .setHidden(category.hidden())
        .setVersion(category.version())
        .build();
  }

  static io.siyu.mall.proto.catalog.v1.Product to(ProductView product) {
    io.siyu.mall.proto.catalog.v1.Product.Builder proto =
        io.siyu.mall.proto.catalog.v1.Product.newBuilder()
            .setProductId(ProtoIds.to(product.id()))
            .setProductNo(product.productNo())
            .setBrandId(ProtoIds.to(product.brandId()))
            .setBrandCode(product.brandCode())
            .setBrandName(product.brandName())
            .setCategoryId(ProtoIds.to(product.categoryId()))
            .setCategoryPath(product.categoryPath())
            .setTitle(product.title())
            .setBrief(product.brief())
            .setUnit(product.unit())
            .addAllKeywords(product.keywords())
            .setCoverUrl(product.coverUrl())
            .setState(io.siyu.mall.proto.catalog.v1.ProductState.valueOf(product.state().name()))
            .setPriceFrom(ProtoMoney.to(product.priceFrom()))
            .setVersion(product.version())
            .setCreatedAt(ProtoTime.to(product.createdAt()));
    if (product.publishedAt() != null) {
      proto.setPublishedAt(ProtoTime.to(product.publishedAt()));
    }
    if (product.body() != null) {
      proto
          .addAllGalleryUrls(product.body().galleryUrls())
          .addAllAttributes(attributes(product.body().attributes()))
          .setDetailHtml(product.body().detailHtml());
    }
    product.skus().forEach(sku -> proto.addSkus(to(sku)));
    return proto.build();
  }

  private static io.siyu.mall.proto.catalog.v1.Sku to(ProductView.SkuView sku) {
    return io.siyu.mall.proto.catalog.v1.Sku.newBuilder()
        .setSkuId(ProtoIds.to(sku.id()))
        .setSkuNo(sku.skuNo())
        .addAllSpecs(attributes(sku.specs()))
        .setListPrice(ProtoMoney.to(sku.prices().list()))
        .setPrice(ProtoMoney.to(sku.prices().price()))
        .setAvailable(sku.available())
        .setAfterSaleDays(sku.afterSaleDays())
        .build();
  }

  static PricePoint to(PriceChange change) {
    return PricePoint.newBuilder()
        .setSkuId(change.skuId().toString())
        .setListPrice(ProtoMoney.to(change.prices().list()))
        .setPrice(ProtoMoney.to(change.prices().price()))
        .setEffectiveFrom(ProtoTime.to(change.effectiveFrom()))
        .setChangedBy(change.changedBy())
        .setReason(change.reason())
        .build();
  }

  /** The answer for one SKU that was asked for; null: there is none of that id. */
  static SkuQuote to(UUID skuId, SkuQueries.Quote quote) {
    if (quote == null) {
      return SkuQuote.newBuilder()
          .setSkuId(ProtoIds.to(skuId))
          .setNotSellableReason("SKU_UNKNOWN")
          .build();
    }
    return SkuQuote.newBuilder()
        .setSkuId(ProtoIds.to(skuId))
        .setProductId(ProtoIds.to(quote.productId()))
        .setBrandId(ProtoIds.to(quote.brandId()))
        .setBrandCode(quote.brandCode())
        .setBrandName(quote.brandName())
        .setCategoryId(ProtoIds.to(quote.categoryId()))
        .addAllCategoryIds(quote.categoryIds().stream().map(ProtoIds::to).toList())
        .setTitle(quote.title())
        .setSpecText(quote.specText())
        .setCoverUrl(quote.coverUrl())
        .setListPrice(ProtoMoney.to(quote.prices().list()))
        .setPrice(ProtoMoney.to(quote.prices().price()))
        .setAvailable(quote.available())
        .setAfterSaleDays(quote.afterSaleDays())
        .setSellable(quote.notSellableReason().isEmpty())
        .setNotSellableReason(quote.notSellableReason())
        .build();
  }

  static ProductContent content(CreateProductRequest request) {
    return new ProductContent(
        CategoryId.parse(request.getCategoryId()),
        request.getTitle(),
        request.getBrief(),
        request.getUnit(),
        request.getKeywordsList(),
        request.getCoverUrl(),
        request.getGalleryUrlsList(),
        values(request.getAttributesList()),
        DetailHtml.sanitise(request.getDetailHtml()));
  }

  static ProductContent content(UpdateProductRequest request) {
    return new ProductContent(
        CategoryId.parse(request.getCategoryId()),
        request.getTitle(),
        request.getBrief(),
        request.getUnit(),
        request.getKeywordsList(),
        request.getCoverUrl(),
        request.getGalleryUrlsList(),
        values(request.getAttributesList()),
        DetailHtml.sanitise(request.getDetailHtml()));
  }

  static List<SkuDraft> drafts(CreateProductRequest request) {
    List<SkuDraft> drafts = new ArrayList<>();
    for (int i = 0; i < request.getSkusCount(); i++) {
      drafts.add(draft("skus[" + i + "].", request.getSkus(i)));
    }
    return drafts;
  }

  static SkuDraft draft(String prefix, io.siyu.mall.proto.catalog.v1.SkuDraft sku) {
    return new SkuDraft(
        sku.getSkuNo(),
        values(sku.getSpecsList()),
        prices(prefix, sku.getListPrice(), sku.getPrice()),
        sku.getInitialStock(),
        sku.getAfterSaleDays());
  }

  static Prices prices(String prefix, Money list, Money price) {
    return new Prices(
        ProtoMoney.from(prefix + "list_price", list), ProtoMoney.from(prefix + "price", price));
  }

  static ProductFilter filter(Caller caller, ListProductsRequest request) {
    return new ProductFilter(
        caller,
        ProtoIds.fromOptional("brand_id", request.getBrandId()),
        ProtoIds.fromOptional("category_id", request.getCategoryId()),
        request.getQuery(),
        state(request.getState()),
        switch (request.getSort()) {
          case SORT_UNSPECIFIED ->
              request.getQuery().isBlank() ? ProductFilter.Sort.NEWEST : ProductFilter.Sort.BEST;
          case NEWEST -> ProductFilter.Sort.NEWEST;
          case PRICE_ASCENDING -> ProductFilter.Sort.PRICE_ASCENDING;
          case PRICE_DESCENDING -> ProductFilter.Sort.PRICE_DESCENDING;
          case UNRECOGNIZED -> throw DomainException.invalid("sort", "is not known");
        });
  }

  private static ProductState state(io.siyu.mall.proto.catalog.v1.ProductState state) {
    return switch (state) {
      case PRODUCT_STATE_UNSPECIFIED -> null;
      case DRAFT, PUBLISHED, WITHDRAWN -> ProductState.valueOf(state.name());
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is not known");
    };
  }

  private static List<NamedValue> values(List<Attribute> attributes) {
    return attributes.stream().map(a -> new NamedValue(a.getName(), a.getValue())).toList();
  }

  private static List<Attribute> attributes(List<NamedValue> values) {
    return values.stream()
        .map(v -> Attribute.newBuilder().setName(v.name()).setValue(v.value()).build())
        .toList();
  }
}
