package io.siyu.mall.catalog.brand;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Role;

/**
 * Who may change what belongs to a brand: the platform's administrators and the brand's own staff.
 */
public final class BrandAccess {

  private BrandAccess() {}

  /**
   * Staff who may change things of some brand.
   *
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED for anybody else
   */
  public static Caller requireWriter(Caller caller) {
    return caller.requireStaff(Role.PLATFORM_ADMIN, Role.BRAND_ADMIN, Role.BRAND_OPERATOR);
  }

  /**
   * @throws DomainException UNAUTHENTICATED without a token, PERMISSION_DENIED unless the caller
   *     may change things of this brand
   */
  public static void requireWrite(Caller caller, String brandCode) {
    requireWriter(caller);
    if (!caller.has(Role.PLATFORM_ADMIN) && !caller.brandCodes().contains(brandCode)) {
      throw new DomainException(
          Kind.PERMISSION_DENIED,
          Caller.OTHER_BRAND,
          "this belongs to a brand that the caller does not work for");
    }
  }
}
