package io.siyu.mall.distributor.sharing;

import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Stores shares and their openings. */
public interface Shares {

  /** Stores it, or returns the one that is the same. */
  Uni<Share> addOrGet(SqlTransaction tx, Share share);

  /** Null when there is none. */
  Uni<Share> find(SqlReader reader, String code);

  /** Stores an opening. */
  Uni<Void> addTouch(SqlTransaction tx, Touch touch);

  /**
   * Gives the openings of a visitor to the member, unless a member has them: each is merged once.
   *
   * @param touchId null: none named
   * @param visitorId null: none named
   * @return the newest of those that became the member's now, and the one named if it was theirs
   *     before; oldest first
   */
  Uni<List<Merged>> merge(
      SqlTransaction tx, UUID memberId, UUID touchId, String visitorId, Instant at);

  /** An opening that belongs to the member. */
  record Merged(UUID touchId, UUID distributorId, Instant openedAt) {}
}
