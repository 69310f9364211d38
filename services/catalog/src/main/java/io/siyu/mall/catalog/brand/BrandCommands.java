package io.siyu.mall.catalog.brand;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.platform.identity.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Changes of brands. */
@ApplicationScoped
public class BrandCommands {

  private final Brands brands;
  private final Clock clock;

  BrandCommands(Brands brands, Clock clock) {
    this.brands = brands;
    this.clock = clock;
  }

  /** A new brand. */
  @WithTransaction
  public Uni<Brand> create(String code, String name, String logoUrl, String story) {
    return brands.add(Brand.create(code, name, logoUrl, story, clock.instant()));
  }

  /** Changes what people read about the brand; for its staff. */
  @WithTransaction
  public Uni<Brand> revise(
      Caller caller, BrandId id, long version, String name, String logoUrl, String story) {
    return own(caller, id)
        .invoke(brand -> brand.revise(version, name, logoUrl, story))
        .chain(brands::save);
  }

  /** Takes everything of the brand off sale; for its staff. */
  @WithTransaction
  public Uni<Brand> takeOffSale(Caller caller, BrandId id, String reason) {
    return own(caller, id)
        .invoke(brand -> brand.takeOffSale(reason, caller.key(), clock.instant()))
        .chain(brands::save);
  }

  /** Puts the brand on sale again; for its staff. */
  @WithTransaction
  public Uni<Brand> putOnSale(Caller caller, BrandId id) {
    return own(caller, id)
        .invoke(brand -> brand.putOnSale(caller.key(), clock.instant()))
        .chain(brands::save);
  }

  private Uni<Brand> own(Caller caller, BrandId id) {
    return brands.get(id).invoke(brand -> caller.requireBrand(brand.code()));
  }
}
