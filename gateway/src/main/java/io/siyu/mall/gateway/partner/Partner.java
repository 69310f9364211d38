package io.siyu.mall.gateway.partner;

/**
 * What the resources of this audience share. Whether the caller is an active distributor is the
 * distributor service's to say: it refuses everybody else, and no second copy of that rule is kept
 * here.
 */
final class Partner {

  static final String ROOT = "/partner/v1";

  /** The group in every member's token; distributors are members. */
  static final String MEMBER = "member";

  private Partner() {}
}
