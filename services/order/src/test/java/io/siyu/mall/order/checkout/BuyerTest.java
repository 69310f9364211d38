package io.siyu.mall.order.checkout;

import static io.siyu.mall.order.fixture.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.order.client.CatalogClient;
import io.siyu.mall.order.fixture.Memory;
import io.siyu.mall.order.order.TradeState;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BuyerTest {

  private final HoldLimits limits = Memory.holdLimits();
  private final UUID sku = Ids.next();
  private final List<Buyer.Recent> last = new ArrayList<>();

  @Test
  void fiveMayWaitAndTheRefusalSaysUntilWhen() {
    for (int i = 0; i < 4; i++) {
      waiting(Duration.ofMinutes(i), Map.of());
    }
    assertDoesNotThrow(() -> check(1, 1_000));
    waiting(Duration.ofMinutes(9), Map.of());
    assertEquals(
        NOON.plus(Duration.ofMinutes(21)).toString(),
        refusal(Buyer.TOO_MANY_UNPAID_TRADES, 1, 1_000).metadata().get("again_at"));
    assertEquals(6, new Buyer(last).nextSequence());
  }

  @Test
  void ofOneSkuAFloorOrAShareIsHeld() {
    assertDoesNotThrow(() -> check(20, 21));
    refusal(Buyer.TOO_MANY_PIECES_HELD, 21, 21);
    assertDoesNotThrow(() -> check(50, 200));
    refusal(Buyer.TOO_MANY_PIECES_HELD, 51, 200);
    refusal("OUT_OF_STOCK", 201, 200);
    waiting(Duration.ofMinutes(1), Map.of(sku, 40L));
    assertDoesNotThrow(() -> check(10, 160));
    DomainException more = refusal(Buyer.TOO_MANY_PIECES_HELD, 11, 160);
    assertEquals("40", more.metadata().get("held"));
    assertEquals("50", more.metadata().get("limit"));
    last.clear();
    waiting(Duration.ofMinutes(1), Map.of(Ids.next(), 4_000L));
    assertDoesNotThrow(() -> check(50, 200), "of another SKU");
  }

  @Test
  void unpaidEndingsPauseLongerAndLongerAndPaidTradesMakeUpForThem() {
    ended(3, Duration.ofMinutes(30));
    assertEquals(
        NOON.minusSeconds(60).plus(Duration.ofMinutes(15)).toString(),
        refusal(Buyer.PLACING_PAUSED, 1, 100).metadata().get("again_at"));
    ended(1, Duration.ofMinutes(30));
    assertEquals(
        NOON.minusSeconds(60).plus(Duration.ofMinutes(30)).toString(),
        refusal(Buyer.PLACING_PAUSED, 1, 100).metadata().get("again_at"));
    assertDoesNotThrow(() -> check(1, 100, NOON.plus(Duration.ofMinutes(29))));
    ended(16, Duration.ofMinutes(30));
    assertEquals(
        NOON.minusSeconds(60).plus(Duration.ofDays(1)).toString(),
        refusal(Buyer.PLACING_PAUSED, 1, 100).metadata().get("again_at"));
    for (int i = 0; i < 18; i++) {
      add(TradeState.PAID, NOON.minusSeconds(1), null, Map.of());
    }
    assertDoesNotThrow(() -> check(1, 100));
  }

  @Test
  void aQuickChangeOfMindIsNoUnpaidEndingAndADayLaterAllIsForgotten() {
    ended(9, Duration.ofMinutes(4));
    assertDoesNotThrow(() -> check(1, 100));
    ended(9, Duration.ofMinutes(6));
    refusal(Buyer.PLACING_PAUSED, 1, 100);
    assertDoesNotThrow(() -> check(1, 100, NOON.plus(Duration.ofDays(1))));
  }

  @Test
  void nobodyHidesAWaitingTradeBehindCancelledOnes() {
    for (int i = 0; i < limits.lastTrades(); i++) {
      ended(1, Duration.ofMinutes(1));
    }
    refusal(Buyer.TOO_MANY_UNPAID_TRADES, 1, 100);
    assertDoesNotThrow(() -> check(1, 100, NOON.plus(Duration.ofMinutes(30))));
  }

  @Test
  void whoPaysMayOrderAgainAndAgain() {
    for (int i = 0; i < limits.lastTrades() / 2; i++) {
      ended(1, Duration.ofMinutes(1));
      add(TradeState.PAID, NOON, null, Map.of());
    }
    assertDoesNotThrow(() -> check(1, 100));
    last.set(0, last.get(1));
    refusal(Buyer.TOO_MANY_UNPAID_TRADES, 1, 100);
  }

  @Test
  void whatIsScarceWaitsLess() {
    assertFalse(Buyer.scarce(basket(1, 11), limits));
    assertTrue(Buyer.scarce(basket(2, 11), limits));
    assertTrue(Buyer.scarce(basket(51, 200), limits));
    assertFalse(Buyer.scarce(basket(50, 200), limits));
  }

  private void waiting(Duration ago, Map<UUID, Long> pieces) {
    add(TradeState.PENDING_PAYMENT, NOON.minus(ago), null, pieces);
  }

  /** Ended a minute ago, after so long. */
  private void ended(int count, Duration held) {
    Instant end = NOON.minusSeconds(60);
    for (int i = 0; i < count; i++) {
      add(TradeState.CANCELLED, end.minus(held), end, Map.of());
    }
  }

  private void add(TradeState state, Instant placed, Instant cancelled, Map<UUID, Long> pieces) {
    last.add(
        0,
        new Buyer.Recent(
            last.size() + 1,
            state,
            placed,
            placed.plus(Duration.ofMinutes(30)),
            cancelled,
            pieces));
  }

  private void check(long quantity, long available) {
    check(quantity, available, NOON);
  }

  private void check(long quantity, long available, Instant now) {
    new Buyer(last).check(basket(quantity, available), limits, now);
  }

  private DomainException refusal(String reason, long quantity, long available) {
    DomainException refusal = assertThrows(DomainException.class, () -> check(quantity, available));
    assertEquals(reason, refusal.reason());
    return refusal;
  }

  private PricedBasket basket(long quantity, long available) {
    CatalogClient.Quote quote =
        new CatalogClient.Quote(
            sku,
            Ids.next(),
            Ids.next(),
            "a",
            "a",
            List.of(),
            "",
            "",
            "",
            Money.fen(1),
            7,
            available,
            true,
            "");
    return new PricedBasket(List.of(new PricedLine(quote, quantity, Money.fen(1), List.of())));
  }
}
