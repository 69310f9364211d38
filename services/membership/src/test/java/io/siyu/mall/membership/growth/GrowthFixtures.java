package io.siyu.mall.membership.growth;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Facts and levels to try growth with. */
final class GrowthFixtures {

  static final LevelTable LEVELS =
      new LevelTable(
          1,
          List.of(new Level(0, "普通", 0), new Level(1, "银卡", 200), new Level(2, "金卡", 1_000)),
          Period.ofMonths(12));
  static final Instant START = Instant.parse("2026-01-10T04:00:00Z");

  private GrowthFixtures() {}

  static UUID order(int number) {
    return new UUID(0x7000, number);
  }

  static GrowthFact completed(int order, long netFen, Instant at) {
    UUID id = order(order);
    return new GrowthFact(GrowthSource.ORDER_COMPLETED, id.toString(), id, Money.fen(netFen), at);
  }

  static GrowthFact refunded(int order, int refund, long fen, Instant at) {
    return new GrowthFact(
        GrowthSource.LINE_REFUNDED, order + "-" + refund, order(order), Money.fen(fen), at);
  }

  /** An account that was told the facts in that order. */
  static GrowthAccount told(List<GrowthFact> facts) {
    GrowthAccount account = new GrowthAccount(new UUID(1, 1), new ArrayList<>());
    facts.forEach(fact -> account.record(UUID.randomUUID(), fact));
    return account;
  }
}
