package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.personal.Sealed;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Stores withdrawals. */
public interface Withdrawals {

  /** What the member requested on the business day and neither failed nor was declined. */
  Uni<Money> requestedOn(SqlTransaction tx, UUID memberId, LocalDate day);

  /** Stores a new one. */
  Uni<Void> add(SqlTransaction tx, Withdrawal withdrawal, LocalDate day);

  /** Loads and locks one; null when there is none. */
  Uni<Withdrawal> lock(SqlTransaction tx, UUID id);

  /** As {@link #lock}, by the number the provider knows it by. */
  Uni<Withdrawal> lockByBill(SqlTransaction tx, String billNo);

  /** Stores what happened to a locked one. */
  Uni<Void> save(SqlTransaction tx, Withdrawal withdrawal);

  /** Stores what staff decided. */
  Uni<Void> decided(SqlTransaction tx, UUID id, Decision decision);

  /** What staff decided about it, in order. */
  Uni<List<Decision>> decisions(SqlTransaction tx, UUID id);

  /** Who receives the money, as of now; it stays so until the transaction ends. */
  Uni<Receiver> receiver(SqlTransaction tx, UUID memberId);

  /**
   * Those that the provider is to be told of or asked after, the longest overdue first, and those
   * held whose distributor is suspended no more.
   */
  Uni<List<UUID>> due(Instant now, int limit);

  /**
   * The member behind a withdrawal.
   *
   * @param suspended whether the seat that they have is; then nothing goes out
   */
  record Receiver(String openid, Sealed realName, boolean suspended) {}
}
