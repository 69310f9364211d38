package io.siyu.mall.distributor.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.distributor.ledger.Scenarios.Plan;
import io.siyu.mall.platform.money.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Events in any order and any number of times end in the same ledger, which always balances. */
class OrderIndependencePropertiesTest {

  @Provide
  Arbitrary<Plan> plans() {
    return Scenarios.plans();
  }

  @Property(tries = 600)
  void everyOrderWithRepetitionsEndsTheSame(@ForAll("plans") Plan plan, @ForAll long seed) {
    List<OrderChange> events = Scenarios.events(plan);
    Outcome asHappened = run(events);

    List<OrderChange> shuffled = new ArrayList<>(events);
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      shuffled.add(events.get(random.nextInt(events.size())));
    }
    Collections.shuffle(shuffled, random);
    Outcome anyhow = run(shuffled);

    assertEquals(asHappened.facts, anyhow.facts);
    assertEquals(asHappened.figures, anyhow.figures);
    assertEquals(asHappened.balances, anyhow.balances);
  }

  @Property(tries = 300)
  void theBooksBalanceAfterEveryEvent(@ForAll("plans") Plan plan, @ForAll long seed) {
    List<OrderChange> events = new ArrayList<>(Scenarios.events(plan));
    Collections.shuffle(events, new Random(seed));
    for (int i = 1; i <= events.size(); i++) {
      Outcome outcome = run(events.subList(0, i));
      Map<String, Money> sums = new HashMap<>();
      Money all = Money.ZERO;
      for (Entry entry : outcome.entries) {
        for (Posting posting : entry.postings()) {
          all = all.plus(posting.amount());
          sums.merge(posting.ownerId() + "/" + posting.bucket(), posting.amount(), Money::plus);
        }
      }
      assertEquals(Money.ZERO, all);
      outcome.balances.forEach(
          (key, balance) ->
              assertEquals(sums.getOrDefault(key, Money.ZERO), balance, "balance of " + key));
    }
  }

  @Property(tries = 300)
  void noEventIsBookedTwice(@ForAll("plans") Plan plan, @ForAll long seed) {
    List<OrderChange> events = new ArrayList<>(Scenarios.events(plan));
    events.addAll(Scenarios.events(plan));
    Collections.shuffle(events, new Random(seed));
    Set<String> keys = new HashSet<>();
    for (Entry e : run(events).entries) {
      assertTrue(
          keys.add(e.source() + "/" + e.sourceId() + "/" + e.beneficiary() + e.level() + e.event()),
          "booked twice: " + e);
    }
  }

  @Property(tries = 300)
  void moneyIsOnlyAvailableOnceTheOrderIsCompletedAndNoCaseIsOpen(@ForAll("plans") Plan plan) {
    Outcome outcome = run(Scenarios.events(plan));
    for (int i = 0; i < plan.lines().size(); i++) {
      Scenarios.LinePlan line = plan.lines().get(i);
      boolean held = line.cases() > 0 && line.lastCaseOpen();
      UUID lineId = Scenarios.line(plan, i);
      boolean free = plan.completed() && !held;
      outcome.figures.forEach(
          (key, figures) -> {
            if (key.lineId().equals(lineId)) {
              assertEquals(free ? figures.net() : 0, figures.released());
            }
          });
    }
  }

  @Property(tries = 400)
  void withdrawalsInBetweenChangeNothingButWhereTheMoneyIs(
      @ForAll("plans") Plan plan, @ForAll long seed) {
    List<OrderChange> events = new ArrayList<>(Scenarios.events(plan));
    Random random = new Random(seed);
    Collections.shuffle(events, random);
    Map<UUID, OrderFacts> orders = new HashMap<>();
    Map<Commission.Key, Commission> commissions = new HashMap<>();
    Map<UUID, Account> accounts = new HashMap<>();
    Money withdrawn = Money.ZERO;
    for (OrderChange event : events) {
      step(orders, commissions, accounts, List.of(event));
      Account seller = accounts.get(Scenarios.SELLER);
      if (seller != null && random.nextBoolean()) {
        Money all = seller.balance(Bucket.AVAILABLE);
        seller.settle(all.negate());
        seller.post(Bucket.WITHDRAWING, all);
        withdrawn = withdrawn.plus(all);
      }
      for (Account account : accounts.values()) {
        assertTrue(
            account.balance(Bucket.AVAILABLE).isZero() || account.owed().isZero(),
            "available while something is owed");
      }
    }
    Money released =
        Money.sum(
            commissions.values().stream()
                .filter(c -> c.beneficiary().equals(Scenarios.SELLER))
                .map(Commission::released)
                .toList());
    Account seller = accounts.getOrDefault(Scenarios.SELLER, Account.empty(Scenarios.SELLER));
    assertEquals(released, seller.balance(Bucket.AVAILABLE).minus(seller.owed()).plus(withdrawn));
  }

  private record Figures(
      long earned, long reversed, long pending, long frozen, long released, boolean paused) {
    long net() {
      return earned - reversed;
    }
  }

  private record Outcome(
      OrderFacts facts,
      Map<Commission.Key, Figures> figures,
      Map<String, Money> balances,
      List<Entry> entries) {}

  private static Outcome run(List<OrderChange> events) {
    Map<UUID, OrderFacts> orders = new HashMap<>();
    Map<Commission.Key, Commission> commissions = new HashMap<>();
    Map<UUID, Account> accounts = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    events.forEach(event -> entries.addAll(step(orders, commissions, accounts, List.of(event))));
    Map<Commission.Key, Figures> figures = new HashMap<>();
    commissions.forEach(
        (key, c) ->
            figures.put(
                key,
                new Figures(
                    c.earned().minor(),
                    c.reversed().minor(),
                    c.pending().minor(),
                    c.frozen().minor(),
                    c.released().minor(),
                    c.paused())));
    Map<String, Money> balances = new HashMap<>();
    accounts
        .values()
        .forEach(
            account -> {
              for (Bucket bucket : Bucket.values()) {
                if (!account.balance(bucket).isZero()) {
                  balances.put(account.memberId() + "/" + bucket, account.balance(bucket));
                }
              }
            });
    return new Outcome(orders.values().iterator().next(), figures, balances, entries);
  }

  private static List<Entry> step(
      Map<UUID, OrderFacts> orders,
      Map<Commission.Key, Commission> commissions,
      Map<UUID, Account> accounts,
      List<OrderChange> events) {
    Bookkeeping keeping = new Bookkeeping(orders, commissions, accounts);
    events.forEach(keeping::book);
    events.forEach(
        event -> {
          OrderFacts facts = keeping.order(event.orderId());
          if (facts != null) {
            orders.put(event.orderId(), facts);
          }
        });
    keeping.result().commissions().forEach(c -> commissions.put(c.key(), c));
    keeping.result().accounts().forEach(a -> accounts.put(a.memberId(), a));
    return keeping.result().entries();
  }
}
