package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.error.Validation;
import java.util.Objects;

/**
 * What a rule is about, and whose goods.
 *
 * @param id of the thing; empty for PLATFORM
 * @param brandCode the brand whose goods alone it concerns; empty: every brand's
 */
public record RuleScope(ScopeType type, String id, String brandCode) {

  public RuleScope {
    Objects.requireNonNull(type);
    Validation.start()
        .require(
            type == ScopeType.PLATFORM ? id.isEmpty() : !id.isBlank() && id.length() <= 64,
            "scope.id",
            type == ScopeType.PLATFORM ? "must be empty" : "must have 1 to 64 characters")
        .require(type != ScopeType.PLATFORM || brandCode.isEmpty(), "brand_code", "must be empty")
        .require(type != ScopeType.BRAND || !brandCode.isEmpty(), "brand_code", "must not be empty")
        .require(brandCode.length() <= 64, "brand_code", "must have at most 64 characters")
        .check();
  }

  /** The key that rules are looked up by; the same scope of two brands has two keys. */
  public String key() {
    return type + ":" + id + "@" + brandCode;
  }
}
