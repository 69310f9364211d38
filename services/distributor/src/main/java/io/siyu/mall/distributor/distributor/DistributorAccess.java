package io.siyu.mall.distributor.distributor;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Reach;

/** Which distributors are within whose reach; and for whom staff invite. */
final class DistributorAccess {

  private DistributorAccess() {}

  static void requireSeen(Caller caller, DistributorView view) {
    boolean ofBrand = view.brandCode() != null && caller.reach().includes(view.brandCode());
    if (!caller.reach().all() && !ofBrand) {
      throw unseen();
    }
  }

  static DomainException unseen() {
    return DomainException.notFound(DistributorCommands.NOT_FOUND, "there is no such distributor");
  }

  static Inviter staffInviter(Caller caller, String brandCode) {
    Reach reach = caller.reach();
    if (!brandCode.isEmpty()) {
      caller.requireBrand(brandCode);
      return new Inviter(InviterKind.BRAND, brandCode, brandCode);
    }
    if (reach.all()) {
      return new Inviter(InviterKind.PLATFORM, caller.subject(), null);
    }
    if (reach.own()) {
      return new Inviter(InviterKind.MENTOR, caller.subject(), null);
    }
    if (reach.brandCodes().size() == 1) {
      String only = reach.brandCodes().iterator().next();
      return new Inviter(InviterKind.BRAND, only, only);
    }
    throw reach.brandCodes().isEmpty()
        ? new DomainException(Kind.PERMISSION_DENIED, Caller.OTHER_BRAND, "no brand to invite for")
        : DomainException.invalid("brand_code", "must name one of your brands");
  }
}
