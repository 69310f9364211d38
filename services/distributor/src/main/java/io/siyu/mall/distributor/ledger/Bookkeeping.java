package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Books a batch of events: takes each into the facts, derives the commissions anew, and posts the
 * difference to what was booked before. Pure; loading and storing is the {@link Book}'s.
 */
public final class Bookkeeping {

  private final Map<UUID, OrderFacts> orders;
  private final Map<Commission.Key, Commission> commissions;
  private final Map<UUID, Account> accounts;
  private final Set<Commission.Key> changed = new LinkedHashSet<>();
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param orders those known of the events' orders
   * @param commissions those booked for the orders
   * @param accounts by distributor, those of everybody who earns on the orders; locked by the
   *     caller
   */
  public Bookkeeping(
      Map<UUID, OrderFacts> orders,
      Map<Commission.Key, Commission> commissions,
      Map<UUID, Account> accounts) {
    this.orders = new HashMap<>(orders);
    this.commissions = new LinkedHashMap<>(commissions);
    this.accounts = new HashMap<>(accounts);
  }

  /** Books one event; a repetition books nothing. */
  public void book(OrderChange change) {
    OrderFacts before = orders.getOrDefault(change.orderId(), OrderFacts.unknown(change.orderId()));
    OrderFacts after = before.with(change);
    if (after.equals(before)) {
      return;
    }
    orders.put(change.orderId(), after);
    for (Commission derived : CommissionDerivation.of(after)) {
      Commission stored = commissions.get(derived.key());
      book(stored == null ? Commission.none(derived) : stored, derived, after, change);
    }
  }

  private void book(Commission stored, Commission derived, OrderFacts order, OrderChange change) {
    Commission now = derived.as(stored);
    if (now.equals(stored)) {
      return;
    }
    commissions.put(now.key(), now);
    changed.add(now.key());
    Account account = accounts.computeIfAbsent(now.beneficiary(), Account::empty);
    List<Posting> postings = new ArrayList<>();
    Money pending = now.pending().minus(stored.pending());
    Money frozen = now.frozen().minus(stored.frozen());
    Money released = now.released().minus(stored.released());
    postings.addAll(account.post(Bucket.PENDING, pending));
    postings.addAll(account.post(Bucket.FROZEN, frozen));
    postings.addAll(account.settle(released));
    Money fromBrand = pending.plus(frozen).plus(released).negate();
    if (!fromBrand.isZero()) {
      postings.add(
          new Posting(OwnerKind.BRAND, order.header().brandId(), Bucket.GENERAL, fromBrand));
    }
    if (!postings.isEmpty()) {
      entries.add(Entry.ofCommission(now, change.event(), change.at(), postings));
    }
  }

  /** What is to be stored. */
  public Result result() {
    List<Commission> written = changed.stream().map(commissions::get).toList();
    Set<UUID> touched = new LinkedHashSet<>();
    entries.forEach(entry -> touched.add(entry.beneficiary()));
    return new Result(
        written, List.copyOf(entries), touched.stream().map(accounts::get).distinct().toList());
  }

  /** The facts of an order as they are now. */
  public OrderFacts order(UUID orderId) {
    return orders.get(orderId);
  }

  /**
   * @param commissions new and changed ones
   * @param accounts those whose balances changed
   */
  public record Result(List<Commission> commissions, List<Entry> entries, List<Account> accounts) {}
}
