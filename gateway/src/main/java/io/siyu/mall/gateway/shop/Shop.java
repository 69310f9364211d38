package io.siyu.mall.gateway.shop;

/** What the resources of this audience share. */
final class Shop {

  static final String ROOT = "/shop/v1";

  /** The group in every member's token. */
  static final String MEMBER = "member";

  private Shop() {}
}
