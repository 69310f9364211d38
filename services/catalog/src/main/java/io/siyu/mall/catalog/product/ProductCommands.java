package io.siyu.mall.catalog.product;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.catalog.brand.Brand;
import io.siyu.mall.catalog.brand.BrandId;
import io.siyu.mall.catalog.brand.Brands;
import io.siyu.mall.catalog.category.Categories;
import io.siyu.mall.platform.identity.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes of products; each is for the brand's staff. */
@ApplicationScoped
public class ProductCommands {

  private final Products products;
  private final Brands brands;
  private final Categories categories;
  private final Clock clock;

  ProductCommands(Products products, Brands brands, Categories categories, Clock clock) {
    this.products = products;
    this.brands = brands;
    this.categories = categories;
    this.clock = clock;
  }

  /** A new product, not yet on sale, with the first pieces of its SKUs. */
  @WithTransaction
  public Uni<ProductView> create(
      Caller caller,
      BrandId brandId,
      String productNo,
      ProductContent content,
      List<SkuDraft> drafts) {
    return brands
        .get(brandId)
        .invoke(brand -> caller.requireBrand(brand.code()))
        .chain(() -> categories.get(content.categoryId()))
        .chain(
            () -> {
              Product product =
                  Product.create(
                      brandId, productNo, content, drafts, caller.key(), clock.instant());
              return products.add(product, supplies(product, drafts), caller.key());
            })
        .chain(this::view);
  }

  /** Changes what people read about it. */
  @WithTransaction
  public Uni<ProductView> revise(
      Caller caller, ProductId id, long version, ProductContent content) {
    return own(caller, id)
        .call(() -> categories.get(content.categoryId()))
        .invoke(product -> product.revise(version, content))
        .chain(products::save)
        .chain(this::view);
  }

  /** One more SKU, with its first pieces. */
  @WithTransaction
  public Uni<ProductView> addSku(Caller caller, ProductId id, SkuDraft draft) {
    return own(caller, id)
        .chain(
            product -> {
              Sku sku = product.addSku(draft, caller.key(), clock.instant());
              return products.save(product, sku.id(), draft.initialStock(), caller.key());
            })
        .chain(this::view);
  }

  /** Puts it on sale. */
  @WithTransaction
  public Uni<ProductView> publish(Caller caller, ProductId id) {
    return own(caller, id)
        .invoke(product -> product.publish(clock.instant()))
        .chain(products::save)
        .chain(this::view);
  }

  /** Takes it off sale. */
  @WithTransaction
  public Uni<ProductView> withdraw(Caller caller, ProductId id, String reason) {
    return own(caller, id)
        .invoke(product -> product.withdraw(reason))
        .chain(products::save)
        .chain(this::view);
  }

  /** Gives one of its SKUs another price; the old one stays in the history. */
  @WithTransaction
  public Uni<ProductView> changePrice(
      Caller caller, ProductId id, SkuId skuId, Prices prices, String reason) {
    return own(caller, id)
        .invoke(p -> p.changePrice(skuId, prices, caller.key(), reason, clock.instant()))
        .chain(products::save)
        .chain(this::view);
  }

  /** The brand's products are found by its new name; in the transaction that gave it. */
  @WithTransaction
  public Uni<Void> brandRenamed(BrandId id, String name) {
    return products.brandRenamed(id, name);
  }

  private Uni<ProductView> view(Product product) {
    return products.view(product.id());
  }

  private Uni<Product> own(Caller caller, ProductId id) {
    return products
        .get(id)
        .call(
            product ->
                brands
                    .get(product.brandId())
                    .map(Brand::code)
                    .invoke(code -> caller.requireBrand(code)));
  }

  private static Map<SkuId, Long> supplies(Product product, List<SkuDraft> drafts) {
    Map<SkuId, Long> supplies = new HashMap<>();
    for (Sku sku : product.skus()) {
      supplies.put(sku.id(), drafts.get(sku.position()).initialStock());
    }
    return supplies;
  }
}
