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

  /** Who has the phone with that hash, if anybody. */
  Uni<Optional<MemberId>> findByPhone(String phoneHash);

  /** The member as the open transaction has left them; fails when there is none. */
  Uni<MemberView> view(MemberId id);
}
