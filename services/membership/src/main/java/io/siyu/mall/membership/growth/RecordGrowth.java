package io.siyu.mall.membership.growth;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Takes a fact about an order into the member's growth, and looks at the level again. */
@ApplicationScoped
public class RecordGrowth {

  /** The reason when a fact is about nobody we know. */
  public static final String MEMBER_UNKNOWN = "MEMBER_UNKNOWN";

  private final SqlGrowthAccounts accounts;
  private final LevelTables tables;
  private final Clock clock;

  @Inject
  RecordGrowth(SqlGrowthAccounts accounts, LevelTables tables, Clock clock) {
    this.accounts = accounts;
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * Records the fact in the caller's transaction, for whoever the member goes on as; a fact that is
   * known already changes nothing.
   *
   * @return fails with FAILED_PRECONDITION {@value #MEMBER_UNKNOWN}
   */
  public Uni<Void> record(SqlTransaction tx, UUID memberId, GrowthFact fact) {
    return accounts
        .lock(tx, memberId)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        DomainException.precondition(
                            MEMBER_UNKNOWN, "there is no member " + memberId)))
        .flatMap(
            account ->
                account
                    .record(Ids.next(), fact)
                    .map(
                        entry ->
                            accounts
                                .append(tx, account.memberId(), entry)
                                .chain(() -> evaluate(tx, account)))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  /** All growth of a locked member becomes that of another locked one, and so the level. */
  public Uni<Void> move(SqlTransaction tx, UUID from, UUID to) {
    return accounts
        .move(tx, from, to)
        .flatMap(
            moved ->
                moved == 0
                    ? Uni.createFrom().voidItem()
                    : accounts.load(tx, to).flatMap(account -> evaluate(tx, account)));
  }

  /** Looks at the level of a locked account again, under the levels in force. */
  Uni<Void> evaluate(SqlTransaction tx, GrowthAccount account) {
    Instant now = clock.instant();
    return tables
        .current(tx)
        .flatMap(table -> accounts.save(tx, account, account.standing(table, now), table, now));
  }
}
