package io.siyu.mall.membership.member;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Stores members and by what they are known elsewhere. */
public interface Members {

  /** The member, if there is one. */
  Uni<Optional<Member>> find(MemberId id);

  /** The member, locked until the transaction ends, if there is one. */
  Uni<Optional<Member>> lock(MemberId id);

  /**
   * The member, locked until the transaction ends.
   *
   * @return fails with NOT_FOUND {@link MemberQueries#MEMBER_UNKNOWN}, or UNAUTHENTICATED {@link
   *     Member#MERGED} for one that goes on as another
   */
  default Uni<Member> lockLiving(MemberId id) {
    return lock(id).map(found -> found.orElseThrow(MemberQueries::unknown).requireLiving());
  }

  /** The identities that exist among the keys. */
  Uni<List<Identity>> identities(Collection<IdentityKey> keys);

  /** All identities of a member. */
  Uni<List<Identity>> identitiesOf(MemberId member);

  /** Adds a member. */
  Uni<Void> add(Member member);

  /**
   * Adds an identity. Fails with the database's duplicate key error when somebody else was faster.
   */
  Uni<Void> add(Identity identity);

  /** The member as the open transaction has left them; fails when there is none. */
  Uni<MemberView> view(MemberId id);
}
