package io.siyu.mall.distributor.distributor;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Role;

/** Which staff see, and decide about, which distributors; and for whom they invite. */
final class DistributorAccess {

  private DistributorAccess() {}

  static Caller decider() {
    return Caller.current().requireStaff(Role.PLATFORM_ADMIN, Role.BRAND_ADMIN, Role.MENTOR);
  }

  static boolean mayDecide(Caller caller, DistributorView view) {
    return caller.has(Role.PLATFORM_ADMIN)
        || caller.has(Role.MENTOR)
        || caller.has(Role.BRAND_ADMIN) && ofBrand(caller, view);
  }

  static boolean seesAll(Caller caller) {
    return caller.seesAllBrands() || caller.has(Role.MENTOR);
  }

  static boolean ofBrand(Caller caller, DistributorView view) {
    return view.brandCode() != null && caller.brandCodes().contains(view.brandCode());
  }

  static DomainException unseen() {
    return DomainException.notFound(DistributorCommands.NOT_FOUND, "there is no such distributor");
  }

  static Inviter staffInviter(Caller caller, String brandCode) {
    caller.requireStaff(Role.PLATFORM_ADMIN, Role.BRAND_ADMIN, Role.MENTOR);
    if (!brandCode.isEmpty()) {
      caller.requireBrand(brandCode);
      return new Inviter(InviterKind.BRAND, brandCode, brandCode);
    }
    if (caller.has(Role.PLATFORM_ADMIN)) {
      return new Inviter(InviterKind.PLATFORM, caller.subject(), null);
    }
    if (caller.has(Role.MENTOR)) {
      return new Inviter(InviterKind.MENTOR, caller.subject(), null);
    }
    if (caller.brandCodes().size() == 1) {
      String only = caller.brandCodes().iterator().next();
      return new Inviter(InviterKind.BRAND, only, only);
    }
    throw caller.brandCodes().isEmpty()
        ? new DomainException(Kind.PERMISSION_DENIED, Caller.OTHER_BRAND, "no brand to invite for")
        : DomainException.invalid("brand_code", "must name one of your brands");
  }
}
