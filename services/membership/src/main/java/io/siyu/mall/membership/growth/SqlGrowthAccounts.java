package io.siyu.mall.membership.growth;

import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores growth with plain SQL inside a transaction of the caller. The member's row is the lock
 * that puts everything about one member in a row.
 */
@ApplicationScoped
public class SqlGrowthAccounts {

  /** Columns as {@link #entry} reads them. */
  static final String SELECT_ENTRIES =
      "SELECT id, source, source_id, order_id, amount, happened_at, delta FROM growth_entries";

  /**
   * The account of the member, or of whoever they go on as; locked until the transaction ends.
   * Empty for an unknown member.
   */
  Uni<Optional<GrowthAccount>> lock(SqlTransaction tx, UUID memberId) {
    return tx.select("SELECT merged_into FROM members WHERE id = ? FOR UPDATE", memberId)
        .flatMap(
            rows -> {
              if (rows.isEmpty()) {
                return Uni.createFrom().item(Optional.empty());
              }
              UUID survivor = rows.get(0).uuid(0);
              return survivor == null ? load(tx, memberId).map(Optional::of) : lock(tx, survivor);
            });
  }

  /** All entries become another member's. */
  Uni<Integer> move(SqlTransaction tx, UUID from, UUID to) {
    return tx.execute("DELETE FROM growth_accounts WHERE member_id = ?", from)
        .chain(
            () ->
                tx.execute(
                    "UPDATE growth_entries SET member_id = ? WHERE member_id = ?", to, from));
  }

  /** The member's account as it is. */
  Uni<GrowthAccount> load(SqlTransaction tx, UUID memberId) {
    return tx.select(SELECT_ENTRIES + " WHERE member_id = ? ORDER BY id", memberId)
        .map(
            rows ->
                new GrowthAccount(memberId, rows.stream().map(SqlGrowthAccounts::entry).toList()));
  }

  /** Adds the entry. */
  Uni<Void> append(SqlTransaction tx, UUID memberId, GrowthEntry entry) {
    GrowthFact fact = entry.fact();
    return tx.execute(
            "INSERT INTO growth_entries"
                + " (id, member_id, source, source_id, order_id, amount, delta, happened_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            entry.id(),
            memberId,
            fact.source(),
            fact.sourceId(),
            fact.orderId(),
            fact.amount(),
            entry.delta(),
            fact.at())
        .replaceWithVoid();
  }

  /** Stores what follows from the entries. */
  Uni<Void> save(
      SqlTransaction tx, GrowthAccount account, Standing standing, LevelTable table, Instant asOf) {
    return tx.execute(
            "INSERT INTO growth_accounts"
                + " (member_id, growth_value, level, valid_until, table_version, evaluated_at)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
                + " growth_value = VALUES(growth_value), level = VALUES(level),"
                + " valid_until = VALUES(valid_until), table_version = VALUES(table_version),"
                + " evaluated_at = VALUES(evaluated_at)",
            account.memberId(),
            account.value(),
            standing.level(),
            standing.validUntil(),
            table.version(),
            asOf)
        .replaceWithVoid();
  }

  static GrowthEntry entry(SqlRow row) {
    GrowthFact fact =
        new GrowthFact(
            GrowthSource.valueOf(row.text(1)),
            row.text(2),
            row.uuid(3),
            row.fen(4),
            row.instant(5));
    return new GrowthEntry(row.uuid(0), fact, row.number(6));
  }
}
