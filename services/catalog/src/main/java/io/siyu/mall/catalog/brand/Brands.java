package io.siyu.mall.catalog.brand;

import io.smallrye.mutiny.Uni;

/** Where brands are kept. */
public interface Brands {

  /**
   * The brand.
   *
   * @return a failure NOT_FOUND BRAND_UNKNOWN when there is none
   */
  Uni<Brand> get(BrandId id);

  /** Adds a new brand, or fails with ALREADY_EXISTS when its code or name is taken. */
  Uni<Brand> add(Brand brand);

  /** Writes what changed in a brand that came from {@link #get}; the version has grown after. */
  Uni<Brand> save(Brand brand);
}
