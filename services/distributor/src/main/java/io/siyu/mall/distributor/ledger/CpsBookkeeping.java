package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Books outside orders: derives their commissions anew and posts the difference to what was booked
 * before, against the platform's own account, which the outside platform pays. Pure.
 */
public final class CpsBookkeeping {

  private final Map<Commission.Key, Commission> commissions;
  private final Map<UUID, Account> accounts;
  private final Set<Commission.Key> changed = new LinkedHashSet<>();
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param commissions those booked for the orders
   * @param accounts by distributor, those of everybody who earns on them; locked by the caller
   */
  public CpsBookkeeping(Map<Commission.Key, Commission> commissions, Map<UUID, Account> accounts) {
    this.commissions = new LinkedHashMap<>(commissions);
    this.accounts = new HashMap<>(accounts);
  }

  /** Books the order as it is known now. */
  public void book(CpsFacts order, Instant at) {
    for (Commission derived : CpsDerivation.of(order)) {
      Commission stored = commissions.get(derived.key());
      if (stored != null || derived.earned().isPositive()) {
        book(stored == null ? Commission.none(derived) : stored, derived, order.revision(), at);
      }
    }
  }

  private void book(Commission stored, Commission derived, long revision, Instant at) {
    Commission now = derived.as(stored);
    if (now.equals(stored)) {
      return;
    }
    commissions.put(now.key(), now);
    changed.add(now.key());
    Account account = accounts.computeIfAbsent(now.beneficiary(), Account::empty);
    Money pending = now.pending().minus(stored.pending());
    Money frozen = now.frozen().minus(stored.frozen());
    Money released = now.released().minus(stored.released());
    List<Posting> postings = new ArrayList<>();
    postings.addAll(account.post(Bucket.PENDING, pending));
    postings.addAll(account.post(Bucket.FROZEN, frozen));
    postings.addAll(account.settle(released));
    Money fromPlatform = pending.plus(frozen).plus(released).negate();
    if (!fromPlatform.isZero()) {
      postings.add(new Posting(OwnerKind.PLATFORM, Posting.THE_ONLY, Bucket.GENERAL, fromPlatform));
    }
    if (!postings.isEmpty()) {
      entries.add(Entry.ofCommission(now, "CPS:" + revision, at, postings));
    }
  }

  /** What is to be stored. */
  public Bookkeeping.Result result() {
    Set<UUID> touched = new LinkedHashSet<>();
    entries.forEach(entry -> touched.add(entry.beneficiary()));
    return new Bookkeeping.Result(
        changed.stream().map(commissions::get).toList(),
        List.copyOf(entries),
        touched.stream().map(accounts::get).distinct().toList());
  }
}
