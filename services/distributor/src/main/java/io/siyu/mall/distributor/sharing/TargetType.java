package io.siyu.mall.distributor.sharing;

/** What a share shows. */
public enum TargetType {
  PRODUCT,
  SHOP,
  LAUNCH,
  CHAIN
}
