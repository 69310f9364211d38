package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stores what is known of orders, and the ledger. Locks are taken in a fixed order: orders,
 * accounts.
 */
public interface Book {

  /** What is known of each of the orders, be it nothing; locked until the transaction ends. */
  Uni<Map<UUID, OrderFacts>> lockOrders(SqlTransaction tx, Collection<UUID> orderIds);

  /** The commissions booked for the orders. */
  Uni<Map<Commission.Key, Commission>> commissions(SqlTransaction tx, Collection<UUID> orderIds);

  /**
   * The account of each distributor's member, locked in the order of the members; an empty one for
   * whoever has none yet. Distributors who are seats of one member share one.
   *
   * @return by the distributor's id; fails with DISTRIBUTOR_NOT_FOUND
   */
  Uni<Map<UUID, Account>> lockAccounts(SqlTransaction tx, Collection<UUID> distributorIds);

  /** The account of a member, locked; an empty one when there is none yet. */
  Uni<Account> lockAccount(SqlTransaction tx, UUID memberId);

  /**
   * Stores what the events changed in the facts.
   *
   * @param before as they were locked
   * @param after those that changed
   */
  Uni<Void> saveFacts(
      SqlTransaction tx,
      List<OrderChange> changes,
      Map<UUID, OrderFacts> before,
      Collection<OrderFacts> after);

  /**
   * Appends entries about a withdrawal, or about none, to the journal.
   *
   * @param withdrawalId null: none
   */
  Uni<Void> append(SqlTransaction tx, List<Entry> entries, UUID withdrawalId);

  /** Stores balances as they are; the accounts are locked. */
  Uni<Void> saveAccounts(SqlTransaction tx, List<Account> accounts);

  /** Stores commissions, entries and balances. */
  Uni<Void> save(SqlTransaction tx, Bookkeeping.Result result);
}
