package io.siyu.mall.distributor.rule;

/** What a rule is about, the most particular first: that order is the precedence. */
public enum ScopeType {
  SKU,
  PRODUCT,
  LAUNCH,
  CATEGORY,
  BRAND,
  PLATFORM
}
