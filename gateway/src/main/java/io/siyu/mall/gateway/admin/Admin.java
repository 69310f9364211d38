package io.siyu.mall.gateway.admin;

/**
 * The address and the roles of this audience; which brand's things they may touch the services
 * decide.
 */
final class Admin {

  static final String ROOT = "/admin/v1";

  static final String PLATFORM_ADMIN = "platform-admin";
  static final String BRAND_ADMIN = "brand-admin";
  static final String BRAND_OPERATOR = "brand-operator";
  static final String FINANCE = "finance";
  static final String MENTOR = "mentor";
  static final String AUDITOR = "auditor";

  private Admin() {}
}
