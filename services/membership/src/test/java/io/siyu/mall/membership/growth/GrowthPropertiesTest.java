package io.siyu.mall.membership.growth;

import static io.siyu.mall.membership.growth.GrowthFixtures.LEVELS;
import static io.siyu.mall.membership.growth.GrowthFixtures.START;
import static io.siyu.mall.membership.growth.GrowthFixtures.completed;
import static io.siyu.mall.membership.growth.GrowthFixtures.refunded;
import static io.siyu.mall.membership.growth.GrowthFixtures.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GrowthPropertiesTest {

  /** What the order service could have said: each order's refunds never exceed what was paid. */
  record History(List<GrowthFact> facts, long expectedValue) {}

  @Property(tries = 400)
  void anyOrderAndAnyRepetitionEndTheSame(@ForAll("histories") History history, @ForAll long seed) {
    List<GrowthFact> shuffled = new ArrayList<>(history.facts());
    shuffled.addAll(history.facts().subList(0, history.facts().size() / 2));
    Collections.shuffle(shuffled, new Random(seed));
    GrowthAccount inOrder = told(history.facts());
    GrowthAccount anyhow = told(shuffled);
    Instant later = START.plus(Duration.ofDays(700));
    assertEquals(history.expectedValue(), anyhow.value());
    assertEquals(inOrder.value(), anyhow.value());
    assertEquals(inOrder.standing(LEVELS, later), anyhow.standing(LEVELS, later));
    assertEquals(history.facts().size(), anyhow.entries().size());
  }

  @Property(tries = 400)
  void theValueNeverFallsBelowNothing(@ForAll("histories") History history, @ForAll long seed) {
    List<GrowthFact> shuffled = new ArrayList<>(history.facts());
    Collections.shuffle(shuffled, new Random(seed));
    GrowthAccount account = told(List.of());
    for (GrowthFact fact : shuffled) {
      account.record(java.util.UUID.randomUUID(), fact);
      assertTrue(account.value() >= 0);
    }
  }

  @Property(tries = 300)
  void aLevelInForceIsNeverBelowWhatTheValueReaches(@ForAll("histories") History history) {
    GrowthAccount account = told(history.facts());
    for (int day = 0; day <= 800; day += 40) {
      Instant at = START.plus(Duration.ofDays(day + 120));
      Standing standing = account.standing(LEVELS, at);
      assertTrue(standing.level() >= LEVELS.at(account.value()).number());
      assertTrue(!standing.isDue(at));
    }
  }

  @Provide
  Arbitrary<History> histories() {
    return order().list().ofMinSize(1).ofMaxSize(6).map(GrowthPropertiesTest::history);
  }

  private record OrderDraft(long netFen, List<Integer> refundPercents, int day) {}

  private static Arbitrary<OrderDraft> order() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 150_000),
            Arbitraries.integers().between(0, 30).list().ofMaxSize(3),
            Arbitraries.integers().between(0, 90))
        .as(OrderDraft::new);
  }

  private static History history(List<OrderDraft> orders) {
    List<GrowthFact> facts = new ArrayList<>();
    long expected = 0;
    for (int i = 0; i < orders.size(); i++) {
      OrderDraft order = orders.get(i);
      Instant at = START.plus(Duration.ofDays(order.day()));
      facts.add(completed(i, order.netFen(), at));
      long refundedFen = 0;
      for (int r = 0; r < order.refundPercents().size(); r++) {
        long fen = order.netFen() * order.refundPercents().get(r) / 100;
        refundedFen += fen;
        facts.add(refunded(i, r, fen, at.plus(Duration.ofDays(r + 1))));
      }
      expected += (order.netFen() - refundedFen) / 100;
    }
    facts.sort(GrowthFact.IN_TIME);
    return new History(facts, expected);
  }
}
