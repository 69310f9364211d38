package io.siyu.mall.distributor.merge;

import io.siyu.mall.distributor.binding.MergedBuyers;
import io.siyu.mall.distributor.correction.NameCorrectionCommands;
import io.siyu.mall.distributor.distributor.MergedSeats;
import io.siyu.mall.distributor.identity.People;
import io.siyu.mall.distributor.ledger.MergedAccounts;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Two members are one from now on, in the caller's transaction. */
@ApplicationScoped
public class MergeCommands {

  private final MergedBuyers buyers;
  private final MergedAccounts accounts;
  private final MergedSeats seats;
  private final NameCorrectionCommands corrections;
  private final People people;
  private final Clock clock;

  MergeCommands(
      MergedBuyers buyers,
      MergedAccounts accounts,
      MergedSeats seats,
      NameCorrectionCommands corrections,
      People people,
      Clock clock) {
    this.buyers = buyers;
    this.accounts = accounts;
    this.seats = seats;
    this.corrections = corrections;
    this.people = people;
    this.clock = clock;
  }

  /**
   * Everything of the absorbed member becomes the survivor's, or whoever goes on instead of that
   * one. A second time changes nothing. Locks are taken as elsewhere: buyers, accounts, the rest.
   */
  public Uni<Void> merge(SqlTransaction tx, UUID absorbed, UUID survivor) {
    return buyers
        .lock(tx, absorbed, survivor)
        .chain(
            locked -> {
              if (locked.absorbedInto().isPresent()) {
                return Uni.createFrom().voidItem();
              }
              return locked
                  .survivorInto()
                  .map(next -> merge(tx, absorbed, next))
                  .orElseGet(() -> all(tx, absorbed, survivor));
            });
  }

  private Uni<Void> all(SqlTransaction tx, UUID absorbed, UUID survivor) {
    // As of now and not of the merge: until now the absorbed member's seats sold as they stood.
    Instant now = clock.instant();
    return accounts
        .merge(tx, absorbed, survivor, now)
        .chain(() -> corrections.overtaken(tx, absorbed))
        .chain(() -> seats.merge(tx, absorbed, survivor, now))
        .chain(() -> buyers.merge(tx, absorbed, survivor, now))
        .chain(() -> people.same(tx, absorbed, survivor));
  }
}
