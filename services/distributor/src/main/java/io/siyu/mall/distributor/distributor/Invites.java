package io.siyu.mall.distributor.distributor;

import io.smallrye.mutiny.Uni;

/** Stores invites. All methods join the transaction that is open. */
public interface Invites {

  /** Loads and locks one; null when there is none. */
  Uni<Invite> lock(InviteCode code);

  /** Stores a new one. */
  Uni<Void> add(Invite invite);
}
