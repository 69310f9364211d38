package io.siyu.mall.distributor.distributor;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.UUID;

/** Stores distributors. All methods join the transaction that is open. */
public interface Distributors {

  /** Loads and locks one; null when there is none. */
  Uni<Distributor> lock(UUID id);

  /** As {@link #lock}, the seat that counts for the one named; see {@link SeatNow}. */
  Uni<Distributor> lockNow(UUID id);

  /** The distributor that the member is or asks to be (applied, active or suspended), or null. */
  Uni<Distributor> living(UUID memberId);

  /** Stores a new one. */
  Uni<Void> add(Distributor distributor);

  /** Stores what happened to a loaded one. */
  Uni<Void> save(Distributor distributor);

  /** The transaction that is open, to read what was changed in it. */
  Uni<SqlTransaction> transaction();

  /** The members that the distributor and everybody above are. */
  Uni<Set<UUID>> above(UUID id);
}
