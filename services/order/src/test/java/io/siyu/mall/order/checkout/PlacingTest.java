package io.siyu.mall.order.checkout;

import static io.siyu.mall.order.fixture.Shop.BRAND;
import static io.siyu.mall.order.fixture.Shop.OTHER_BRAND;
import static io.siyu.mall.order.fixture.Shop.await;
import static io.siyu.mall.order.fixture.Shop.line;
import static io.siyu.mall.order.fixture.Shop.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.order.fixture.Shop;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.ReservationState;
import io.siyu.mall.proto.order.v1.CheckoutLine;
import io.siyu.mall.proto.order.v1.CheckoutPreview;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderPlaced;
import io.siyu.mall.proto.order.v1.OrderState;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.PlaceTradeRequest;
import io.siyu.mall.proto.order.v1.PreviewCheckoutRequest;
import io.siyu.mall.proto.order.v1.Trade;
import io.siyu.mall.proto.order.v1.TradeState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PlacingTest extends OrderServiceTest {

  @Test
  void oneTradeOverTwoBrandsMakesAnOrderForEach() {
    UUID coat = shop.neighbours.sku(BRAND, 12_900, 25);
    UUID socks = shop.neighbours.sku(BRAND, 990, 50);
    UUID bottle = shop.neighbours.sku(OTHER_BRAND, 8_800, 25);
    Trade trade = shop.place(line(coat, 1), line(bottle, 2), line(socks, 3));

    assertEquals(TradeState.TRADE_PENDING_PAYMENT, trade.getState());
    assertEquals(12_900 + 2 * 8_800 + 3 * 990, trade.getPayable().getMinorUnits());
    assertEquals(2, trade.getOrdersCount());
    assertEquals(1_800, trade.getExpiresAt().getSeconds() - trade.getPlacedAt().getSeconds());
    assertEquals(24, shop.neighbours.available(coat));
    assertEquals(23, shop.neighbours.available(bottle));
    for (Order order : trade.getOrdersList()) {
      assertEquals(OrderState.PENDING_PAYMENT, order.getState());
      assertTrue(order.getOrderNo().matches("\\d{18}"), order.getOrderNo());
      assertEquals(
          ReservationState.HELD, shop.neighbours.reservation(order.getOrderId()).getState());
      assertFalse(order.getLines(0).hasAttribution(), "a member does not see who earns");
      await()
          .until(
              () ->
                  events.of(OrderPlaced.class, "catalog").stream()
                      .anyMatch(e -> e.getOrderId().equals(order.getOrderId())));
    }
    assertEquals(trade, shop.trade(trade), "what was answered is what is stored");
    Order whole = shop.order(trade.getOrders(0));
    assertEquals("PLACED", whole.getTimeline(0).getKind());
    assertEquals(Shop.ADDRESS, whole.getAddress());
  }

  @Test
  void theAddressIsSealedAndMaskedForThoseWhoDoNotShip() {
    Trade trade = shop.place(line(shop.neighbours.sku(BRAND, 100, 1), 1));
    String id = trade.getOrders(0).getOrderId();
    GetOrderRequest get = GetOrderRequest.newBuilder().setOrderId(id).build();
    assertEquals(Shop.ADDRESS, Shop.ordersOf(BRAND).getOrder(get).getAddress());
    Order seen =
        TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), OrdersGrpc::newBlockingStub)
            .getOrder(get);
    assertEquals("138****5678", seen.getAddress().getPhone());
    assertEquals("王**", seen.getAddress().getReceiverName());
    assertFalse(seen.getAddress().getDetail().contains("漕溪"));
    assertEquals(3, seen.getLines(0).getAttribution().getPolicyVersion(), "staff see who earns");
  }

  @Test
  void anAddressOpensForItsOwnOrderAndMemberOnly() {
    Order victims = shop.place(line(shop.neighbours.sku(BRAND, 100, 1), 1)).getOrders(0);
    Shop thief = new Shop();
    Order thiefs = thief.place(line(shop.neighbours.sku(BRAND, 100, 1), 1)).getOrders(0);
    UUID from = UUID.fromString(victims.getOrderId());
    UUID to = UUID.fromString(thiefs.getOrderId());
    execute(
        "UPDATE orders a JOIN orders b ON b.id = ? SET a.sealed_address = b.sealed_address"
            + " WHERE a.id = ?",
        from,
        to);
    refused("INTERNAL", () -> thief.order(thiefs));
    assertEquals(Shop.ADDRESS, shop.order(victims).getAddress());
    execute("UPDATE orders SET sealed_address = NULL WHERE id = ?", to);
    execute("UPDATE orders SET member_id = ? WHERE id = ?", thief.member, from);
    refused("INTERNAL", () -> thief.order(victims));
    execute("UPDATE orders SET member_id = ? WHERE id = ?", shop.member, from);
    assertEquals(Shop.ADDRESS, shop.order(victims).getAddress());
  }

  private void execute(String sql, Object... params) {
    int rows =
        pool.withConnection(c -> SqlTransaction.of(c).execute(sql, params)).await().indefinitely();
    assertEquals(1, rows, sql);
  }

  @Test
  void nothingThatIsStoredNamesTheReceiver() {
    events.outage();
    Order order = shop.buy(line(shop.neighbours.sku(BRAND, 100, 1), 1)).getOrders(0);
    Order shipped = shop.ship(order);
    assertEquals(Shop.ADDRESS, shipped.getAddress());
    for (String planted : List.of("13812345678", "王小明", "漕溪北路")) {
      for (String column :
          List.of("orders.sealed_address", "stored_request.response", "outbox.payload")) {
        String[] parts = column.split("\\.");
        String sql =
            "SELECT COUNT(*), COALESCE(SUM(LOCATE(CAST(? AS BINARY), CAST("
                + parts[1]
                + " AS BINARY)) > 0), 0) FROM "
                + parts[0];
        SqlRow row =
            pool.withConnection(c -> SqlTransaction.of(c).select(sql, planted))
                .await()
                .indefinitely()
                .get(0);
        assertTrue(row.number(0) > 0, column + " holds nothing");
        assertEquals(0, row.number(1), planted + " in " + column);
      }
    }
  }

  @Test
  void aRepeatGetsTheSameAnswerAndDoesNothing() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 5);
    PlaceTradeRequest request = shop.placing(line(sku, 1)).build();
    Trade first = shop.checkouts().placeTrade(request);
    int calls = shop.neighbours.reserveCalls();
    assertEquals(first, shop.checkouts().placeTrade(request));
    assertEquals(calls, shop.neighbours.reserveCalls());
    assertEquals(4, shop.neighbours.available(sku));
    refused(
        "IDEMPOTENCY_KEY_REUSED",
        () -> shop.checkouts().placeTrade(request.toBuilder().setNote("another").build()));
  }

  @Test
  void twoAtOnceUnderOneRequestIdAreOne() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 50);
    PlaceTradeRequest request = shop.placing(line(sku, 2)).build();
    List<CompletableFuture<Trade>> calls =
        IntStream.range(0, 6)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> shop.checkouts().placeTrade(request)))
            .toList();
    List<Trade> answers = calls.stream().map(CompletableFuture::join).distinct().toList();
    assertEquals(1, answers.size());
    assertEquals(48, shop.neighbours.available(sku), "held once");
    assertEquals(
        ReservationState.HELD,
        shop.neighbours.reservation(answers.get(0).getOrders(0).getOrderId()).getState());
  }

  @Test
  void theLastPieceIsSoldOnce() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 1);
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            new Shop().place(line(sku, 1));
                            return "placed";
                          } catch (StatusRuntimeException e) {
                            return RemoteErrors.from(e).reason();
                          }
                        }))
            .toList();
    List<String> outcomes = calls.stream().map(CompletableFuture::join).toList();
    assertEquals(1, outcomes.stream().filter("placed"::equals).count(), outcomes.toString());
    assertEquals(7, outcomes.stream().filter("OUT_OF_STOCK"::equals).count());
  }

  @Test
  void whatOneBrandHoldsIsGivenBackWhenAnotherHasNothing() {
    UUID there = shop.neighbours.sku(BRAND, 100, 5);
    UUID gone = shop.neighbours.sku(OTHER_BRAND, 100, 0);
    PlaceTradeRequest request = shop.placing(line(there, 1), line(gone, 1)).build();
    StatusRuntimeException refusal =
        refused("OUT_OF_STOCK", () -> shop.checkouts().placeTrade(request));
    assertEquals(gone.toString(), RemoteErrors.from(refusal).metadata().get("sku_ids"));
    assertEquals(5, shop.neighbours.available(there));
    // The same request again: the reservation that was given back is not in its way.
    shop.neighbours.sku(OTHER_BRAND, 100, 1);
    refused("OUT_OF_STOCK", () -> shop.checkouts().placeTrade(request));
    assertEquals(5, shop.neighbours.available(there));
  }

  @Test
  void anUnknownOutcomeKeepsTheHoldAndARepeatFindsIt() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 5);
    PlaceTradeRequest request = shop.placing(line(sku, 2)).build();
    shop.neighbours.loseReserveAnswers(1);
    refused("UPSTREAM_UNAVAILABLE", () -> shop.checkouts().placeTrade(request));
    assertEquals(3, shop.neighbours.available(sku), "nobody knows, so nothing is given back");
    Trade trade = shop.checkouts().placeTrade(request);
    assertEquals(3, shop.neighbours.available(sku), "held under the same order id");
    assertEquals(1, trade.getOrdersCount());
  }

  @Test
  void withoutAttributionNothingIsHeld() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 5);
    shop.neighbours.distributorDown();
    refused("UPSTREAM_UNAVAILABLE", () -> shop.place(line(sku, 1)));
    assertEquals(5, shop.neighbours.available(sku));
  }

  @Test
  void aPreviewsPricesCanBeInsistedOn() {
    UUID sku = shop.neighbours.sku(BRAND, 1_000, 9);
    CheckoutPreview preview =
        shop.checkouts()
            .previewCheckout(PreviewCheckoutRequest.newBuilder().addLines(line(sku, 2)).build());
    assertEquals(2_000, preview.getPayable().getMinorUnits());
    String token = preview.getPriceToken();
    refused(
        "PRICE_CHANGED",
        () -> shop.checkouts().placeTrade(shop.placing(line(sku, 3)).setPriceToken(token).build()));
    refused(
        "PRICE_CHANGED",
        () ->
            new Shop()
                .checkouts()
                .placeTrade(shop.placing(line(sku, 2)).setPriceToken(token).build()));
    shop.neighbours.price(sku, 1_001);
    refused(
        "PRICE_CHANGED",
        () -> shop.checkouts().placeTrade(shop.placing(line(sku, 2)).setPriceToken(token).build()));
    shop.neighbours.price(sku, 1_000);
    assertEquals(9, shop.neighbours.available(sku), "nothing was held for any of them");
    shop.checkouts().placeTrade(shop.placing(line(sku, 2)).setPriceToken(token).build());
    clock.advance(Duration.ofMinutes(16));
    refused(
        "PRICE_CHANGED",
        () -> shop.checkouts().placeTrade(shop.placing(line(sku, 2)).setPriceToken(token).build()));
    refused(
        "PRICE_CHANGED",
        () ->
            shop.checkouts()
                .placeTrade(shop.placing(line(sku, 2)).setPriceToken("9999999999.x").build()));
  }

  @Test
  void whatCannotBePaidCanNeitherBePreviewedNorPlaced() {
    UUID dear = shop.neighbours.sku(BRAND, 100_000_000, 9_999);
    UUID rest = shop.neighbours.sku(OTHER_BRAND, 47_483_647, 9);
    UUID fen = shop.neighbours.sku(OTHER_BRAND, 1, 9);
    UUID absurd = shop.neighbours.sku(BRAND, Long.MAX_VALUE / 2, 9_999);
    tooLarge(line(dear, 21), line(rest, 1), line(fen, 1));
    tooLarge(line(dear, 22));
    tooLarge(line(absurd, 3));
    tooLarge(line(absurd, 1), line(dear, 1), line(rest, 1), line(fen, 1));
    assertEquals(9_999, shop.neighbours.available(dear), "nothing was held");
    Trade most = shop.place(line(dear, 21), line(rest, 1));
    assertEquals(Integer.MAX_VALUE, most.getPayable().getMinorUnits());
    assertEquals(OrderState.PAID, shop.pay(most).getOrders(0).getState());
  }

  private void tooLarge(CheckoutLine... lines) {
    refused(
        "TRADE_TOO_LARGE",
        () ->
            shop.checkouts()
                .previewCheckout(
                    PreviewCheckoutRequest.newBuilder().addAllLines(List.of(lines)).build()));
    refused("TRADE_TOO_LARGE", () -> shop.place(lines));
  }

  @Test
  void badInputIsNamedFieldByField() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 5);
    StatusRuntimeException refusal =
        refused(
            "INVALID_ARGUMENT",
            () ->
                shop.checkouts()
                    .placeTrade(
                        shop.placing(line(sku, 0), line(sku, 1).toBuilder().setSkuId("x").build())
                            .build()));
    assertEquals(
        List.of("lines[0].quantity", "lines[1].sku_id"),
        RemoteErrors.from(refusal).violations().stream().map(v -> v.field()).toList());
    refused("INVALID_ARGUMENT", () -> shop.place());
    refused("INVALID_ARGUMENT", () -> shop.place(line(sku, 1), line(sku, 1)));
    refused(
        "INVALID_ARGUMENT",
        () -> shop.checkouts().placeTrade(shop.placing(line(sku, 1)).clearAddress().build()));
    refused(
        "INVALID_ARGUMENT",
        () -> shop.checkouts().placeTrade(shop.placing(line(sku, 1)).clearRequestId().build()));
    refused("SKU_NOT_SELLABLE", () -> shop.place(line(UUID.randomUUID(), 1)));
    assertEquals(5, shop.neighbours.available(sku));
  }

  @Test
  void whatCommittedIsToldOnceThoughNobodyListenedAtFirst() {
    events.outage();
    Trade trade = shop.place(line(shop.neighbours.sku(BRAND, 100, 5), 1));
    String id = trade.getOrders(0).getOrderId();
    assertTrue(events.of(OrderPlaced.class, "catalog").isEmpty());
    events.reset();
    await()
        .until(
            () ->
                events.of(OrderPlaced.class, "catalog").stream()
                        .filter(e -> e.getOrderId().equals(id))
                        .count()
                    == 1);
  }

  @Test
  void othersDoNotSeeTheTrade() {
    Trade trade = shop.place(line(shop.neighbours.sku(BRAND, 100, 5), 1));
    refused("TRADE_NOT_FOUND", () -> new Shop().trade(trade));
    refused("ORDER_NOT_FOUND", () -> new Shop().order(trade.getOrders(0)));
    assertNull(shop.neighbours.reservation("none"));
    assertNotEquals("", trade.getTradeId());
  }
}
