package io.siyu.mall.membership.api;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.identity.Caller;

/** Whom a caller means. Members see themselves. */
final class Access {

  private Access() {}

  /** The member that calls; nobody else. */
  static MemberId self() {
    return new MemberId(Caller.current().memberId());
  }

  /** Whose growth is meant: a member's own whatever is asked; for others the one named. */
  static MemberId ofGrowth(String memberId) {
    return Caller.current().isMember() ? self() : MemberId.parse("member_id", memberId);
  }
}
