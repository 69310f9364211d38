package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.brand.BrandId;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Where products are kept. */
public interface Products {

  /**
   * The product with its SKUs, locked: commands on one product follow one another.
   *
   * @return a failure NOT_FOUND PRODUCT_UNKNOWN when there is none
   */
  Uni<Product> get(ProductId id);

  /**
   * Adds a new product, its price history, its search terms and the first pieces of its SKUs; fails
   * with ALREADY_EXISTS when the brand has its number or a SKU's number already.
   *
   * @param supplies first pieces by SKU
   * @param by who supplies them
   */
  Uni<Product> add(Product product, Map<SkuId, Long> supplies, String by);

  /**
   * Writes a product that came from here and has a new SKU, and that SKU's first pieces; fails with
   * ALREADY_EXISTS when the brand has the SKU's number already.
   */
  Uni<Product> save(Product product, SkuId added, long supply, String by);

  /** Writes what changed in a product that came from here; the version has grown after. */
  Uni<Product> save(Product product);

  /** What readers will see of the product once the transaction commits. */
  Uni<ProductView> view(ProductId id);

  /** The products of the brand are found by its new name. */
  Uni<Void> brandRenamed(BrandId id, String name);
}
