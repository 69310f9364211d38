package io.siyu.mall.distributor.identity;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.UUID;

/**
 * Which members are one and the same person, as far as it is known. A member is a person of their
 * own until a mark that staff have seen (an identity number, a real name with a phone) turns out to
 * be another member's too, or the two are merged. It is never taken back by itself.
 */
public interface People {

  /**
   * The member is known by the marks, from now on; whoever has one of them too is the same person.
   *
   * @param marks keyed hashes; none: the member is a person
   */
  Uni<Void> learn(SqlTransaction tx, UUID memberId, Collection<String> marks);

  /** The two members were merged: they are one person, by whatever marks either is known. */
  Uni<Void> same(SqlTransaction tx, UUID absorbed, UUID survivor);
}
