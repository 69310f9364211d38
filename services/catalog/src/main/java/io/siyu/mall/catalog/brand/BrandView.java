package io.siyu.mall.catalog.brand;

import java.time.Instant;
import java.util.UUID;

/** A brand as it is read. */
public record BrandView(
    UUID id,
    String code,
    String name,
    String logoUrl,
    String story,
    BrandState state,
    String stateReason,
    long version,
    Instant createdAt) {

  /** What staff get after a change. */
  public static BrandView of(Brand brand) {
    return new BrandView(
        brand.id().value(),
        brand.code(),
        brand.name(),
        brand.logoUrl(),
        brand.story(),
        brand.state(),
        brand.stateReason(),
        brand.version(),
        brand.createdAt());
  }
}
