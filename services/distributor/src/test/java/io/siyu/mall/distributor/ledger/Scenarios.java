package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.attribution.Attribution;
import io.siyu.mall.distributor.attribution.Channel;
import io.siyu.mall.distributor.attribution.Reason;
import io.siyu.mall.distributor.rule.CommissionTerms;
import io.siyu.mall.distributor.rule.RuleTerms;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Lives of orders, as events in the order they happened. */
final class Scenarios {

  static final UUID SELLER = new UUID(1, 1);
  static final UUID UPLINE = new UUID(1, 2);
  static final UUID BRAND = new UUID(2, 1);
  static final Instant START = Instant.parse("2026-05-01T00:00:00Z");

  private Scenarios() {}

  /**
   * @param refunds units refunded, one after the other
   * @param cases how many cases were opened; all of them end but, perhaps, the last one
   */
  record LinePlan(
      long quantity,
      long base,
      CommissionTerms direct,
      CommissionTerms upline,
      boolean hasUpline,
      List<Integer> refunds,
      int cases,
      boolean lastCaseOpen) {}

  record Plan(UUID orderId, List<LinePlan> lines, boolean received, boolean completed) {}

  static Arbitrary<Plan> plans() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 1L << 40),
            linePlans().list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as((id, lines, received, done) -> new Plan(new UUID(7, id), lines, received, done));
  }

  private static Arbitrary<LinePlan> linePlans() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 5),
            Arbitraries.longs().between(0, 50_000),
            terms(),
            terms(),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 2).list().ofMaxSize(3),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(true, false))
        .as(LinePlan::new);
  }

  /** Rates that a rule can hold together, and fixed amounts that need the cap. */
  static Arbitrary<CommissionTerms> terms() {
    return Arbitraries.oneOf(
        Arbitraries.integers()
            .between(0, 2_500)
            .map(points -> new CommissionTerms.Rate(new BasisPoints(points))),
        Arbitraries.longs()
            .between(0, 20_000)
            .map(fen -> new CommissionTerms.PerUnit(Money.fen(fen))));
  }

  /** The events of an order, as they happened. */
  static List<OrderChange> events(Plan plan) {
    List<OrderChange> events = new ArrayList<>();
    Map<UUID, LineFacts.Sale> sales = new TreeMap<>();
    for (int i = 0; i < plan.lines().size(); i++) {
      sales.put(line(plan, i), sale(plan.lines().get(i)));
    }
    events.add(
        new OrderChange.Paid(
            plan.orderId(), "NO1", new UUID(3, 1), BRAND, "brand", START, START, sales));
    if (plan.received()) {
      events.add(
          new OrderChange.Received(
              plan.orderId(), START.plusSeconds(100), START.plusSeconds(1_000)));
    }
    for (int i = 0; i < plan.lines().size(); i++) {
      addLine(events, plan, i);
    }
    if (plan.completed()) {
      events.add(new OrderChange.Completed(plan.orderId(), START.plusSeconds(1_000)));
    }
    return events;
  }

  static UUID line(Plan plan, int index) {
    return new UUID(plan.orderId().getLeastSignificantBits(), index + 1);
  }

  private static void addLine(List<OrderChange> events, Plan plan, int index) {
    LinePlan line = plan.lines().get(index);
    UUID lineId = line(plan, index);
    for (int i = 0; i < line.cases(); i++) {
      UUID caseId =
          new UUID(lineId.getMostSignificantBits(), lineId.getLeastSignificantBits() * 100 + i);
      events.add(
          new OrderChange.CaseOpened(plan.orderId(), lineId, caseId, START.plusSeconds(200)));
      if (i < line.cases() - 1 || !line.lastCaseOpen()) {
        events.add(
            new OrderChange.CaseEnded(plan.orderId(), lineId, caseId, START.plusSeconds(300)));
      }
    }
    long total = 0;
    int number = 0;
    for (int quantity : line.refunds()) {
      if (total + quantity > line.quantity()) {
        break;
      }
      total += quantity;
      Money cumulative = Money.fen(line.base()).portion(total, line.quantity(), RoundingMode.DOWN);
      events.add(
          new OrderChange.Refunded(
              plan.orderId(),
              lineId,
              "r" + number++,
              quantity,
              Money.ZERO,
              total,
              cumulative,
              START.plusSeconds(400)));
    }
  }

  private static LineFacts.Sale sale(LinePlan line) {
    return new LineFacts.Sale(
        "sku",
        "product",
        "商品",
        line.quantity(),
        Money.fen(line.base()),
        new Attribution(
            Reason.TOUCH,
            SELLER,
            line.hasUpline() ? UPLINE : null,
            new UUID(4, 1),
            Channel.LINK,
            null,
            1,
            new UUID(5, 1),
            1,
            new RuleTerms(line.direct(), line.upline()),
            "因为。",
            null));
  }
}
