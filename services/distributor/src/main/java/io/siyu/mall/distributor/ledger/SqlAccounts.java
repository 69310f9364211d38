package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.distributor.DistributorCommands;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Accounts in the database: the one place that says which account a distributor's money is in. */
final class SqlAccounts {

  /** The columns that {@link #account} wants. */
  private static final String COLUMNS =
      "member_id, pending_fen, frozen_fen, available_fen, withdrawing_fen, paid_out_fen, debt_fen";

  private SqlAccounts() {}

  /** As {@link Book#lockAccounts}. */
  static Uni<Map<UUID, Account>> lockOf(SqlTransaction tx, Collection<UUID> distributorIds) {
    return members(tx, distributorIds)
        .chain(
            members ->
                lock(tx, members.values())
                    .map(
                        accounts -> {
                          Map<UUID, Account> found = new LinkedHashMap<>();
                          members.forEach((seat, member) -> found.put(seat, accounts.get(member)));
                          return found;
                        }));
  }

  /**
   * Read without a lock: a seat's member changes only by a merge, and the account knows of that.
   */
  private static Uni<Map<UUID, UUID>> members(SqlTransaction tx, Collection<UUID> distributorIds) {
    return tx.select(
            "SELECT id, member_id FROM distributors WHERE id IN ("
                + Marks.list(distributorIds.size())
                + ")",
            distributorIds.toArray())
        .map(
            rows -> {
              Map<UUID, UUID> found = new LinkedHashMap<>();
              rows.forEach(row -> found.put(row.uuid(0), row.uuid(1)));
              distributorIds.forEach(id -> require(found.containsKey(id), id));
              return found;
            });
  }

  private static void require(boolean known, UUID distributorId) {
    if (!known) {
      throw DomainException.notFound(DistributorCommands.NOT_FOUND, "there is no such distributor")
          .with("distributor_id", distributorId);
    }
  }

  /**
   * The accounts by member, locked in the order of the members; an empty one where there is none
   * yet, and the survivor's for a member who was merged.
   */
  static Uni<Map<UUID, Account>> lock(SqlTransaction tx, Collection<UUID> memberIds) {
    Collection<UUID> sorted = new TreeSet<>(memberIds);
    return tx.select(
            "SELECT "
                + COLUMNS
                + ", merged_into FROM accounts WHERE member_id IN ("
                + Marks.list(sorted.size())
                + ") ORDER BY member_id FOR UPDATE",
            sorted.toArray())
        .chain(
            rows -> {
              Map<UUID, Account> found = new HashMap<>();
              Map<UUID, UUID> merged = new HashMap<>();
              sorted.forEach(id -> found.put(id, Account.empty(id)));
              for (SqlRow row : rows) {
                found.put(row.uuid(0), account(row));
                if (!row.isNull(7)) {
                  merged.put(row.uuid(0), row.uuid(7));
                }
              }
              return merged.isEmpty() ? Uni.createFrom().item(found) : follow(tx, found, merged);
            });
  }

  private static Uni<Map<UUID, Account>> follow(
      SqlTransaction tx, Map<UUID, Account> found, Map<UUID, UUID> merged) {
    List<UUID> missing =
        merged.values().stream().filter(id -> !found.containsKey(id)).distinct().toList();
    Uni<Map<UUID, Account>> survivors =
        missing.isEmpty() ? Uni.createFrom().item(Map.of()) : lock(tx, missing);
    return survivors.map(
        more -> {
          found.putAll(more);
          for (UUID from : merged.keySet()) {
            UUID into = from;
            while (merged.containsKey(into)) {
              into = merged.get(into);
            }
            found.put(from, found.get(into));
          }
          return found;
        });
  }

  /** Stores balances as they are; the accounts are locked. */
  static Uni<Void> save(SqlTransaction tx, List<Account> accounts) {
    SqlValues rows =
        SqlValues.into(
                "accounts",
                "member_id",
                "pending_fen",
                "frozen_fen",
                "available_fen",
                "withdrawing_fen",
                "paid_out_fen",
                "debt_fen")
            .orUpdate(
                "pending_fen = VALUES(pending_fen), frozen_fen = VALUES(frozen_fen),"
                    + " available_fen = VALUES(available_fen),"
                    + " withdrawing_fen = VALUES(withdrawing_fen),"
                    + " paid_out_fen = VALUES(paid_out_fen), debt_fen = VALUES(debt_fen)");
    for (Account account : accounts) {
      rows.row(
          account.memberId(),
          account.balance(Bucket.PENDING),
          account.balance(Bucket.FROZEN),
          account.balance(Bucket.AVAILABLE),
          account.balance(Bucket.WITHDRAWING),
          account.balance(Bucket.PAID_OUT),
          account.balance(Bucket.DEBT));
    }
    return tx.insert(rows).replaceWithVoid();
  }

  /** The member's id and the six balances, in the order of the buckets. */
  static Account account(SqlRow row) {
    Map<Bucket, Money> balances = new EnumMap<>(Bucket.class);
    balances.put(Bucket.PENDING, row.fen(1));
    balances.put(Bucket.FROZEN, row.fen(2));
    balances.put(Bucket.AVAILABLE, row.fen(3));
    balances.put(Bucket.WITHDRAWING, row.fen(4));
    balances.put(Bucket.PAID_OUT, row.fen(5));
    balances.put(Bucket.DEBT, row.fen(6));
    return new Account(row.uuid(0), balances);
  }
}
