package io.siyu.mall.catalog.brand;

import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;

/** Brands for tests of use cases. */
public final class InMemoryBrands implements Brands {

  private final Map<BrandId, Brand> brands = new LinkedHashMap<>();

  @Override
  public Uni<Brand> get(BrandId id) {
    Brand brand = brands.get(id);
    return brand == null
        ? Uni.createFrom()
            .failure(DomainException.notFound(BrandQueries.BRAND_UNKNOWN, "no such brand"))
        : Uni.createFrom().item(brand);
  }

  @Override
  public Uni<Brand> add(Brand brand) {
    return save(brand);
  }

  @Override
  public Uni<Brand> save(Brand brand) {
    brands.put(brand.id(), brand);
    return Uni.createFrom().item(brand);
  }
}
