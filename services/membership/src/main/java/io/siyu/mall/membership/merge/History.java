package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.member.MemberId;
import io.smallrye.mutiny.Uni;

/** What other services hold of a member that would be missed. */
public interface History {

  /**
   * Whether the member ever placed an order, or is or was a distributor, in whatever state.
   *
   * @return fails with UNAVAILABLE when somebody who must know does not answer
   */
  Uni<Boolean> elsewhere(MemberId member);
}
