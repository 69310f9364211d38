package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The book in maps; keeps copies, as a database would. */
public final class InMemoryBook implements Book {

  private final Map<UUID, OrderFacts> orders = new HashMap<>();
  private final Map<Commission.Key, Commission> commissions = new HashMap<>();
  private final Map<UUID, Account> accounts = new HashMap<>();
  private final Map<UUID, UUID> members = new HashMap<>();
  public final List<Entry> journal = new ArrayList<>();

  @Override
  public Uni<Map<UUID, OrderFacts>> lockOrders(SqlTransaction tx, Collection<UUID> orderIds) {
    Map<UUID, OrderFacts> found = new HashMap<>();
    orderIds.forEach(id -> found.put(id, orders.getOrDefault(id, OrderFacts.unknown(id))));
    return Uni.createFrom().item(found);
  }

  @Override
  public Uni<Map<Commission.Key, Commission>> commissions(
      SqlTransaction tx, Collection<UUID> orderIds) {
    Map<Commission.Key, Commission> found = new HashMap<>();
    commissions.forEach(
        (key, commission) -> {
          if (orderIds.contains(commission.orderId())) {
            found.put(key, commission);
          }
        });
    return Uni.createFrom().item(found);
  }

  @Override
  public Uni<Map<UUID, Account>> lockAccounts(SqlTransaction tx, Collection<UUID> ids) {
    Map<UUID, Account> byMember = new HashMap<>();
    Map<UUID, Account> found = new HashMap<>();
    for (UUID id : ids) {
      UUID member = members.getOrDefault(id, id);
      found.put(id, byMember.computeIfAbsent(member, m -> copy(account(m))));
    }
    return Uni.createFrom().item(found);
  }

  @Override
  public Uni<Account> lockAccount(SqlTransaction tx, UUID memberId) {
    return Uni.createFrom().item(copy(account(memberId)));
  }

  /** Books into it, and counts no fans. */
  public LedgerCommands ledger() {
    return new LedgerCommands(this, (tx, orders) -> Uni.createFrom().voidItem());
  }

  /**
   * Makes the distributor a seat of the member; without it a distributor is a member's only one.
   */
  public void seat(UUID distributorId, UUID memberId) {
    members.put(distributorId, memberId);
  }

  @Override
  public Uni<Void> saveFacts(
      SqlTransaction tx,
      List<OrderChange> changes,
      Map<UUID, OrderFacts> before,
      Collection<OrderFacts> after) {
    after.forEach(order -> orders.put(order.orderId(), order));
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> append(SqlTransaction tx, List<Entry> entries, UUID withdrawalId) {
    journal.addAll(entries);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> saveAccounts(SqlTransaction tx, List<Account> changed) {
    changed.forEach(account -> accounts.put(account.memberId(), copy(account)));
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> save(SqlTransaction tx, Bookkeeping.Result result) {
    result.commissions().forEach(c -> commissions.put(c.key(), c));
    return append(tx, result.entries(), null).chain(() -> saveAccounts(tx, result.accounts()));
  }

  /** The stored account. */
  public Account account(UUID id) {
    return accounts.getOrDefault(id, Account.empty(id));
  }

  private static Account copy(Account account) {
    Map<Bucket, io.siyu.mall.platform.money.Money> balances = new EnumMap<>(Bucket.class);
    for (Bucket bucket : Bucket.values()) {
      balances.put(bucket, account.balance(bucket));
    }
    return new Account(account.memberId(), balances);
  }
}
