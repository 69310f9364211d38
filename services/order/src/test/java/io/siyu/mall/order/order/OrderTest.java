package io.siyu.mall.order.order;

import static io.siyu.mall.order.fixture.Samples.NOON;
import static io.siyu.mall.order.fixture.Samples.goods;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.order.fixture.Samples;
import io.siyu.mall.order.fulfilment.Label;
import io.siyu.mall.order.fulfilment.Shipment;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OrderTest {

  private static final Duration FIFTEEN_DAYS = Duration.ofDays(15);
  private static final Actor STAFF = Actor.staff("ann");

  @Test
  void shipsDirectlyWhenOneParcelHoldsAll() {
    Order order = Samples.paid(goods(2, 100), goods(1, 50));
    ship(order);
    assertEquals(OrderState.SHIPPED, order.state());
    assertEquals(NOON.plus(FIFTEEN_DAYS), order.dueAt());
  }

  @Test
  void shipsInParcelsAndNothingTwice() {
    Order order = Samples.paid(goods(2, 100), goods(1, 50));
    UUID first = order.lines().get(0).id();
    ship(order, first, 1);
    assertEquals(OrderState.PARTIALLY_SHIPPED, order.state());
    refuses("LINE_ALREADY_SHIPPED", () -> ship(order, first, 2));
    ship(order);
    assertEquals(OrderState.SHIPPED, order.state());
    assertEquals(2, order.drainParcels().size());
    refuses("ILLEGAL_TRANSITION", () -> ship(order));
  }

  @Test
  void anUnpaidOrderDoesNotShip() {
    Order order = Samples.placed(TradeId.next(), Ids.next(), goods(1, 100));
    refuses("ILLEGAL_TRANSITION", () -> ship(order));
    order.cancel("x", Actor.SYSTEM, NOON);
    refuses("ILLEGAL_TRANSITION", () -> ship(order));
    refuses("ILLEGAL_TRANSITION", () -> order.pay(Ids.next(), NOON));
  }

  @Test
  void aLineUnderRefundStaysBehind() {
    Order order = Samples.paid(goods(2, 100), goods(1, 50));
    UUID first = order.lines().get(0).id();
    claim(order, first, 1, false);
    refuses("LINE_UNDER_REFUND", () -> ship(order, first, 2));
    refuses("LINE_ALREADY_SHIPPED", () -> ship(order, first, 3));
    ship(order);
    assertEquals(1, order.line(first).shippedQuantity(), "the other unit of the line left");
    assertEquals(OrderState.PARTIALLY_SHIPPED, order.state());
    refuses("NOTHING_TO_SHIP", () -> ship(order));
    refuses("LINE_UNDER_REFUND", () -> ship(order, first, 1));
  }

  @Test
  void goodsThatComeBackKeepNoOtherFromShipping() {
    Order order = Samples.paid(goods(3, 100));
    UUID line = order.lines().get(0).id();
    ship(order, line, 1);
    claim(order, line, 1, true);
    ship(order, line, 2);
    assertEquals(OrderState.SHIPPED, order.state());
  }

  @Test
  void whatWasLetGoShipsAndWhatHasNotStaysAgain() {
    Order order = Samples.paid(goods(3, 100));
    UUID line = order.lines().get(0).id();
    assertEquals(2, claim(order, line, 2, false));
    order.letGo(line, 2);
    assertEquals(3, order.line(line).shippable());
    assertEquals(0, order.line(line).returnable());
    ship(order, line, 2);
    assertEquals(1, order.line(line).returnable(), "one of the two that left is claimed");
    assertEquals(1, order.holdBackAgain(line, 2), "one of the two is still here");
    refuses("LINE_UNDER_REFUND", () -> ship(order, line, 1));
    order.abandonCase(Ids.next(), line, 2, 1, 0, Actor.MEMBER, NOON);
    ship(order, line, 1);
    assertEquals(OrderState.SHIPPED, order.state());
  }

  @Test
  void refundingTheRestOfAPartlyShippedOrderShipsIt() {
    Order order = Samples.paid(goods(2, 100));
    UUID line = order.lines().get(0).id();
    ship(order, line, 1);
    assertEquals(1, claim(order, line, 1, false), "an unshipped unit goes first");
    refund(order, line, 1, 1, 1);
    assertEquals(OrderState.SHIPPED, order.state());
    assertEquals(0, order.line(line).unshipped());
    assertEquals(1, order.line(line).restockedQuantity());
  }

  @Test
  void closesOnceEveryLineIsRefunded() {
    Order order = Samples.paid(goods(1, 100), goods(1, 50));
    for (OrderLine line : order.lines()) {
      assertEquals(OrderState.PAID, order.state());
      claim(order, line.id(), 1, false);
      refund(order, line.id(), 1, 1, 1);
    }
    assertEquals(OrderState.CLOSED, order.state());
    assertEquals(Money.fen(150), order.refunded());
    List<OrderEvent> events = order.drainEvents();
    assertInstanceOf(OrderEvent.Closed.class, events.get(events.size() - 1));
    refuses("AFTER_SALE_NOT_POSSIBLE", () -> claim(order, order.lines().get(0).id(), 1, false));
  }

  @Test
  void unshippedUnitsAreHeldBackOnlyOnce() {
    Order order = Samples.paid(goods(3, 100));
    UUID line = order.lines().get(0).id();
    ship(order, line, 1);
    assertEquals(1, claim(order, line, 1, false));
    assertEquals(1, claim(order, line, 2, false), "one unshipped unit is left for the second case");
    refuses("NOTHING_LEFT_TO_REFUND", () -> claim(order, line, 1, false));
  }

  @Test
  void onlyShippedUnitsComeBack() {
    Order order = Samples.paid(goods(3, 100));
    UUID line = order.lines().get(0).id();
    refuses("NOT_SHIPPED_YET", () -> claim(order, line, 1, true));
    ship(order, line, 2);
    assertEquals(0, claim(order, line, 1, true));
    refuses("NOT_SHIPPED_YET", () -> claim(order, line, 2, true));
    assertEquals(0, claim(order, line, 1, true));
  }

  @Test
  void theWindowCountsPerLineAndOpenCasesStopCompletion() {
    Order order = Samples.paid(new Samples.Goods(1, 100, 7), new Samples.Goods(1, 50, 0));
    ship(order);
    order.receive(Actor.MEMBER, NOON);
    Instant end = NOON.plus(Duration.ofDays(7));
    assertEquals(end, order.times().afterSaleUntil());
    UUID week = order.lines().get(0).id();
    UUID none = order.lines().get(1).id();
    refuses(
        "AFTER_SALE_WINDOW_OVER",
        () -> order.openCase(Ids.next(), none, 1, true, false, Actor.MEMBER, NOON.plusSeconds(1)));
    refuses("AFTER_SALE_WINDOW_OPEN", () -> order.complete(end.minusSeconds(1)));
    UUID caseId = Ids.next();
    order.openCase(caseId, week, 1, true, false, Actor.MEMBER, end);
    refuses("AFTER_SALE_CASE_OPEN", () -> order.complete(end));
    order.abandonCase(caseId, week, 1, 0, 0, Actor.MEMBER, end.plusSeconds(5));
    assertEquals(end.plusSeconds(5), order.dueAt());
    order.complete(end.plusSeconds(5));
    assertEquals(OrderState.COMPLETED, order.state());
  }

  @Test
  void afterCompletionOnlyStaffRefundAndTheOrderStaysCompleted() {
    Order order = Samples.paid(goods(1, 100));
    ship(order);
    order.receive(Actor.MEMBER, NOON);
    Instant later = NOON.plus(Duration.ofDays(8));
    order.complete(later);
    UUID line = order.lines().get(0).id();
    refuses(
        "AFTER_SALE_NOT_POSSIBLE",
        () -> order.openCase(Ids.next(), line, 1, false, false, Actor.MEMBER, later));
    order.openCase(Ids.next(), line, 1, false, true, STAFF, later);
    order.drainEvents();
    refund(order, line, 1, 0, 0);
    assertEquals(OrderState.COMPLETED, order.state());
    OrderEvent.LineRefunded refunded =
        assertInstanceOf(OrderEvent.LineRefunded.class, order.drainEvents().get(0));
    assertEquals(true, refunded.afterCompletion());
    assertEquals(Money.fen(100), refunded.totalAmount());
  }

  private static void ship(Order order) {
    order.ship(new Shipment(new Label("顺丰", "SF1"), List.of()), STAFF, NOON, FIFTEEN_DAYS);
  }

  private static void ship(Order order, UUID line, long units) {
    order.ship(
        new Shipment(new Label("顺丰", "SF1"), List.of(new Shipment.Content(line, units))),
        STAFF,
        NOON,
        FIFTEEN_DAYS);
  }

  private static long claim(Order order, UUID line, long units, boolean returning) {
    return order.openCase(Ids.next(), line, units, returning, false, Actor.MEMBER, NOON);
  }

  private static void refund(Order order, UUID line, long units, long unshipped, long restocked) {
    Money amount = order.beginRefund(line, units);
    order.finishRefund(
        new LineRefund(Ids.next(), Ids.next(), line, units, amount, unshipped, restocked),
        NOON,
        FIFTEEN_DAYS);
  }

  private static void refuses(String reason, Executable action) {
    assertEquals(reason, assertThrows(DomainException.class, action).reason());
  }
}
