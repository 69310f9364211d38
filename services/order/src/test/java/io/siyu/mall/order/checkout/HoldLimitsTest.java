package io.siyu.mall.order.checkout;

import static io.siyu.mall.order.fixture.Shop.BRAND;
import static io.siyu.mall.order.fixture.Shop.line;
import static io.siyu.mall.order.fixture.Shop.refused;
import static io.siyu.mall.order.fixture.Shop.requestId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.proto.order.v1.CancelTradeRequest;
import io.siyu.mall.proto.order.v1.PlaceTradeRequest;
import io.siyu.mall.proto.order.v1.Trade;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HoldLimitsTest extends OrderServiceTest {

  @AfterEach
  void repair() {
    pool.query("DROP TRIGGER IF EXISTS no_such_note").executeAndAwait();
  }

  @Test
  void oneAccountHoldsAShareOfTheStockAndNoMore() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 200);
    long held = 0;
    for (int i = 0; i < 10; i++) {
      try {
        shop.place(line(sku, 24));
        held += 24;
      } catch (StatusRuntimeException refusal) {
        assertEquals("TOO_MANY_PIECES_HELD", RemoteErrors.from(refusal).reason());
        assertNotNull(RemoteErrors.from(refusal).metadata().get("again_at"));
      }
    }
    assertEquals(48, held);
    assertEquals(200 - held, shop.neighbours.available(sku), "refusals hold nothing");
    shop.place(line(sku, 2));
  }

  @Test
  void paidTradesAndCancelledOnesMakeRoom() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 500);
    List<Trade> trades = IntStream.range(0, 5).mapToObj(i -> shop.place(line(sku, 1))).toList();
    refused("TOO_MANY_UNPAID_TRADES", () -> shop.place(line(sku, 1)));
    shop.pay(trades.get(0));
    shop.place(line(sku, 1));
    refused("TOO_MANY_UNPAID_TRADES", () -> shop.place(line(sku, 1)));
    cancel(trades.get(1));
    shop.place(line(sku, 1));
  }

  @Test
  void manyDevicesAtOnceGetNoMoreThanOne() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 500);
    List<CompletableFuture<Boolean>> devices =
        IntStream.range(0, 16)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> places(sku)))
            .toList();
    assertEquals(5, devices.stream().filter(CompletableFuture::join).count());
    assertEquals(495, shop.neighbours.available(sku));
  }

  private boolean places(UUID sku) {
    try {
      shop.place(line(sku, 1));
      return true;
    } catch (StatusRuntimeException refusal) {
      assertEquals("TOO_MANY_UNPAID_TRADES", RemoteErrors.from(refusal).reason());
      return false;
    }
  }

  @Test
  void whoLetsTradesExpireWaits() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 500);
    for (int i = 0; i < 3; i++) {
      shop.place(line(sku, 1));
    }
    clock.advance(Duration.ofMinutes(31));
    run(paymentJobs.timeOutTrades());
    StatusRuntimeException pause = refused("PLACING_PAUSED", () -> shop.place(line(sku, 1)));
    assertEquals(
        clock.instant().plus(Duration.ofMinutes(15)).getEpochSecond(),
        java.time.Instant.parse(RemoteErrors.from(pause).metadata().get("again_at"))
            .getEpochSecond(),
        1);
    clock.advance(Duration.ofMinutes(16));
    shop.place(line(sku, 1));
  }

  @Test
  void scarceGoodsWaitLessForTheirPayment() {
    assertEquals(600, patience(shop.place(line(shop.neighbours.sku(BRAND, 100, 3), 1))));
    assertEquals(1_800, patience(shop.place(line(shop.neighbours.sku(BRAND, 100, 300), 1))));
  }

  private static long patience(Trade trade) {
    return trade.getExpiresAt().getSeconds() - trade.getPlacedAt().getSeconds();
  }

  @Test
  void aTransactionThatFailsGivesBackAtOnceAndTheSameRequestCanSucceedLater() {
    UUID sku = shop.neighbours.sku(BRAND, 100, 500);
    pool.query(
            "CREATE TRIGGER no_such_note BEFORE INSERT ON orders FOR EACH ROW IF NEW.note ="
                + " 'boom' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'boom'; END IF")
        .executeAndAwait();
    PlaceTradeRequest request = shop.placing(line(sku, 7)).setNote("boom").build();
    try {
      shop.checkouts().placeTrade(request);
      throw new AssertionError("placed");
    } catch (StatusRuntimeException failure) {
      assertEquals(500, shop.neighbours.available(sku), "given back before the answer");
    }
    repair();
    Trade trade = shop.checkouts().placeTrade(request);
    assertEquals(493, shop.neighbours.available(sku));
    assertTrue(trade.getOrders(0).getOrderId().length() > 0);
  }

  private void cancel(Trade trade) {
    shop.checkouts()
        .cancelTrade(
            CancelTradeRequest.newBuilder()
                .setRequestId(requestId())
                .setTradeId(trade.getTradeId())
                .build());
  }
}
