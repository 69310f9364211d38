package io.siyu.mall.distributor.binding;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/** Stores who belongs to whom. */
public interface Bindings {

  /**
   * What is known of the member, or whoever they go on as, and of the candidate; everything about
   * the member is locked.
   */
  Uni<State> lock(SqlTransaction tx, UUID memberId, UUID candidate);

  /** Ends the open binding. */
  Uni<Void> end(SqlTransaction tx, UUID bindingId, Instant at, String reason);

  /** Writes a new open one; the member counts as effective at once when there is a paid order. */
  Uni<Void> open(SqlTransaction tx, Binding binding, boolean effective);

  /**
   * @param member the one who goes on, which need not be the one named
   * @param openBinding null when the member belongs to nobody
   * @param candidate the seat that the candidate has now, which need not be the one named
   * @param candidateMember the member that the candidate distributor is; null when there is no such
   *     active distributor
   * @param loop whether the candidate's member belongs, through any number of others, to the
   *     distributor that this member is
   */
  record State(
      UUID member,
      UUID openBinding,
      BindingPolicy.Situation situation,
      UUID candidate,
      UUID candidateMember,
      boolean loop,
      boolean hasPaidOrder) {}
}
