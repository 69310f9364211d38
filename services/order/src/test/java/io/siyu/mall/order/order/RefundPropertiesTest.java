package io.siyu.mall.order.order;

import static io.siyu.mall.order.fixture.Samples.NOON;
import static io.siyu.mall.order.fixture.Samples.goods;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.order.fixture.Samples;
import io.siyu.mall.order.fulfilment.Label;
import io.siyu.mall.order.fulfilment.Shipment;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Whatever is bought, shipped and given back in whatever order, money and pieces add up. */
class RefundPropertiesTest {

  private static final Duration FIFTEEN_DAYS = Duration.ofDays(15);

  /** However a line is refunded in parts, the parts are the whole, and no part is negative. */
  @Property
  void partsAddUpToTheWhole(
      @ForAll @LongRange(min = 1, max = 60) long quantity,
      @ForAll @LongRange(min = 0, max = 999_999) long price,
      @ForAll @Size(max = 80) List<@LongRange(min = 1, max = 7) Long> parts) {
    Order order = Samples.paid(goods(quantity, price));
    OrderLine line = order.lines().get(0);
    List<Money> amounts = new ArrayList<>();
    for (long part : parts) {
      long units = Math.min(part, line.claimable());
      if (units > 0) {
        amounts.add(refundWhole(order, line, units));
      }
    }
    if (line.claimable() > 0) {
      amounts.add(refundWhole(order, line, line.claimable()));
    }
    assertTrue(amounts.stream().noneMatch(Money::isNegative));
    assertEquals(line.paid(), Money.sum(amounts));
    assertEquals(OrderState.CLOSED, order.state());
  }

  /** Cases that end without a refund in between change nothing of that. */
  @Property
  void random(
      @ForAll @LongRange(min = 1, max = 9) long first,
      @ForAll @LongRange(min = 1, max = 9) long second,
      @ForAll @LongRange(min = 1, max = 5_000) long price,
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 999) Integer> moves) {
    Order order = Samples.paid(goods(first, price), goods(second, price / 3 + 1));
    List<Open> open = new ArrayList<>();
    for (int move : moves) {
      try {
        play(order, open, move);
      } catch (DomainException refused) {
        // Refusals are half of the game; what counts is what holds afterwards.
        assertTrue(refused.reason().length() > 3);
      }
      check(order, open);
    }
  }

  private record Open(
      UUID id, UUID line, long units, long unshipped, long letGo, boolean returning) {

    Open with(long nowUnshipped, long nowLetGo) {
      return new Open(id, line, units, nowUnshipped, nowLetGo, returning);
    }
  }

  private static void play(Order order, List<Open> open, int move) {
    OrderLine line = order.lines().get(move % 2);
    long units = move / 2 % 4 + 1;
    switch (move % 9) {
      case 0, 1 ->
          order.ship(
              new Shipment(new Label("顺丰", "1"), List.of(new Shipment.Content(line.id(), units))),
              Actor.SYSTEM,
              NOON,
              FIFTEEN_DAYS);
      case 2, 3 -> {
        UUID id = Ids.next();
        boolean returning = move % 3 == 0;
        long unshipped = order.openCase(id, line.id(), units, returning, false, Actor.MEMBER, NOON);
        open.add(new Open(id, line.id(), units, unshipped, 0, returning));
      }
      case 4 -> {
        if (!open.isEmpty()) {
          Open ended = open.remove(move % open.size());
          order.abandonCase(
              ended.id(),
              ended.line(),
              ended.units(),
              ended.unshipped(),
              ended.letGo(),
              Actor.MEMBER,
              NOON);
        }
      }
      case 5 -> {
        if (!open.isEmpty() && open.get(move % open.size()).letGo() == 0) {
          Open paid = open.remove(move % open.size());
          Money amount = order.beginRefund(paid.line(), paid.units());
          order.finishRefund(
              new LineRefund(
                  Ids.next(),
                  paid.id(),
                  paid.line(),
                  paid.units(),
                  amount,
                  paid.unshipped(),
                  paid.returning() ? paid.units() : paid.unshipped()),
              NOON,
              FIFTEEN_DAYS);
        }
      }
      case 6, 7 -> {
        if (!open.isEmpty()) {
          Open said = open.remove(move % open.size());
          if (said.letGo() == 0) {
            order.letGo(said.line(), said.unshipped());
            open.add(said.with(0, said.unshipped()));
          } else {
            open.add(said.with(order.holdBackAgain(said.line(), said.letGo()), 0));
          }
        }
      }
      default -> order.receive(Actor.MEMBER, NOON);
    }
  }

  private static void check(Order order, List<Open> open) {
    assertEquals(open.size(), order.openCases());
    Money refunded = Money.ZERO;
    for (OrderLine line : order.lines()) {
      refunded = refunded.plus(line.refundedAmount());
      long taken = line.claimedQuantity() + line.refundingQuantity() + line.refundedQuantity();
      assertTrue(taken <= line.quantity());
      assertTrue(line.shippable() >= 0);
      assertTrue(line.returnable() >= 0 && line.returnable() <= line.shippedQuantity());
      assertTrue(line.refundedAmount().compareTo(line.paid()) <= 0);
      assertTrue(line.restockedQuantity() <= line.refundedQuantity());
      long claimed =
          open.stream().filter(o -> o.line().equals(line.id())).mapToLong(Open::units).sum();
      assertEquals(claimed, line.claimedQuantity());
    }
    assertEquals(refunded, order.refunded());
    boolean allRefunded = order.lines().stream().allMatch(OrderLine::fullyRefunded);
    assertEquals(allRefunded, order.state() == OrderState.CLOSED);
    boolean shippedOut = order.lines().stream().allMatch(l -> l.unshipped() == 0);
    if (order.state() == OrderState.SHIPPED || order.state() == OrderState.RECEIVED) {
      assertTrue(shippedOut);
    }
    if (order.state() == OrderState.PARTIALLY_SHIPPED) {
      assertTrue(!shippedOut);
    }
  }

  private static Money refundWhole(Order order, OrderLine line, long units) {
    UUID caseId = Ids.next();
    long unshipped = order.openCase(caseId, line.id(), units, false, false, Actor.MEMBER, NOON);
    Money amount = order.beginRefund(line.id(), units);
    order.finishRefund(
        new LineRefund(Ids.next(), caseId, line.id(), units, amount, unshipped, unshipped),
        NOON,
        FIFTEEN_DAYS);
    return amount;
  }
}
