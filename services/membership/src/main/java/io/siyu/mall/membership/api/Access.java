package io.siyu.mall.membership.api;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Role;

/** Who may see which member. Members see themselves; a brand's staff see nobody here. */
final class Access {

  private Access() {}

  /** The member that calls; nobody else. */
  static MemberId self() {
    return new MemberId(Caller.current().memberId());
  }

  /** Services, and staff who look after members. */
  static void requireLooksAfterMembers() {
    Caller caller = Caller.current();
    if (!caller.isService()) {
      caller.requireStaff(Role.PLATFORM_ADMIN, Role.MENTOR, Role.AUDITOR);
    }
  }

  /** Staff who look after members; no service needs the list. */
  static void requireListsMembers() {
    Caller.current().requireStaff(Role.PLATFORM_ADMIN, Role.MENTOR, Role.AUDITOR);
  }

  /** Services, and staff who check the books. */
  static void requireChecksBooks() {
    Caller caller = Caller.current();
    if (!caller.isService()) {
      caller.requireStaff(Role.PLATFORM_ADMIN, Role.FINANCE, Role.AUDITOR);
    }
  }

  /**
   * Whose growth is meant: a member's own whatever is asked; for others the one named, if they may.
   */
  static MemberId ofGrowth(String memberId) {
    if (Caller.current().isMember()) {
      return self();
    }
    requireLooksAfterMembers();
    return MemberId.parse("member_id", memberId);
  }
}
