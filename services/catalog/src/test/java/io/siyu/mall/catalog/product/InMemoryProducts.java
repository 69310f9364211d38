package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.brand.BrandId;
import io.siyu.mall.catalog.brand.BrandState;
import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Products for tests of use cases, with the history and supplies that were written with them. */
final class InMemoryProducts implements Products {

  private final Map<ProductId, Product> products = new LinkedHashMap<>();
  final List<PriceChange> history = new ArrayList<>();
  final Map<SkuId, Long> supplied = new LinkedHashMap<>();

  @Override
  public Uni<Product> get(ProductId id) {
    Product product = products.get(id);
    return product == null
        ? Uni.createFrom()
            .failure(DomainException.notFound(ProductQueries.PRODUCT_UNKNOWN, "no such product"))
        : Uni.createFrom().item(product);
  }

  @Override
  public Uni<Product> add(Product product, Map<SkuId, Long> supplies, String by) {
    supplied.putAll(supplies);
    return save(product);
  }

  @Override
  public Uni<Product> save(Product product) {
    products.put(product.id(), product);
    history.addAll(product.takePriceChanges());
    return Uni.createFrom().item(product);
  }

  @Override
  public Uni<Product> save(Product product, SkuId added, long supply, String by) {
    supplied.put(added, supply);
    return save(product);
  }

  @Override
  public Uni<Void> brandRenamed(BrandId id, String name) {
    return Uni.createFrom().voidItem();
  }

  /** Only what the tests look at. */
  @Override
  public Uni<ProductView> view(ProductId id) {
    return get(id)
        .map(
            p ->
                new ProductView(
                    p.id().value(),
                    p.productNo(),
                    p.brandId().value(),
                    "",
                    "",
                    BrandState.ON_SALE,
                    p.categoryId().value(),
                    "",
                    "",
                    "",
                    "",
                    List.of(),
                    "",
                    p.state(),
                    p.priceFrom(),
                    p.version(),
                    null,
                    p.publishedAt(),
                    null,
                    null,
                    p.skus().stream()
                        .map(
                            s ->
                                new ProductView.SkuView(
                                    s.id().value(),
                                    p.id().value(),
                                    s.skuNo(),
                                    s.specs(),
                                    s.prices(),
                                    s.afterSaleDays(),
                                    0))
                        .toList()));
  }
}
