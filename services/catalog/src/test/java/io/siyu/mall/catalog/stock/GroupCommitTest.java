package io.siyu.mall.catalog.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.test.MallDatabase;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New orders are granted without a look; whatever needs one gets it, and the same answers. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class GroupCommitTest {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String BUYER = "MEMBER:" + UUID.randomUUID();

  @Inject Vertx vertx;
  @Inject Pool pool;
  @Inject StockBook book;
  @Inject SqlReservations reservations;
  @Inject StockQueries queries;
  @Inject Clock clock;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final String sku = CatalogFixture.onSale(10).getSkus(0).getSkuId();
  private ReserveStock reserve;

  @BeforeEach
  void oneLane() {
    reserve = new ReserveStock(pool, book, reservations, vertx, meters, 1, Duration.ofSeconds(3));
  }

  @AfterEach
  void everyIdentityHolds() {
    StockCalls.admin()
        .reconcile()
        .forEach(check -> assertEquals(0, check.getDifferenceCount(), check::toString));
  }

  @Test
  void newOrdersAreGrantedAtTheFirstTry() {
    List<ReservationRequest> requests =
        IntStream.range(0, 8).mapToObj(i -> request(UUID.randomUUID(), 1)).toList();
    List<CompletableFuture<Reservation>> waiting = new ArrayList<>();
    requests.forEach(r -> waiting.add(reserve.reserve(r).subscribeAsCompletionStage()));
    for (int i = 0; i < requests.size(); i++) {
      assertEquals(requests.get(i).granted(), waiting.get(i).join());
    }
    assertEquals(0, again());
    requests.forEach(r -> assertEquals(r.granted(), stored(r.orderId())));
    assertEquals(StockCalls.level(sku, 10, 2, 8, 0), StockCalls.admin().level(sku));
  }

  @Test
  void aRepeatedOrderIsFoundAndItsNeighboursAreGranted() {
    ReservationRequest first = request(UUID.randomUUID(), 2);
    assertEquals(first.granted(), take(first));
    assertEquals(0, again());
    ReservationRequest repeated = request(first.orderId(), 2);
    assertEquals(first.granted(), take(repeated), "as it was granted at first");
    assertEquals(1, again());
    take(request(UUID.randomUUID(), 1));
    assertEquals(1, again(), "decided with a look for a while");
    assertEquals(StockCalls.level(sku, 10, 7, 3, 0), StockCalls.admin().level(sku));
  }

  @Test
  void nothingIsLeftOfWhatCouldNotBeGranted() {
    ReservationRequest tooMany = request(UUID.randomUUID(), 11);
    DomainException refusal = assertThrows(DomainException.class, () -> take(tooMany));
    assertEquals(ReservationGroup.OUT_OF_STOCK, refusal.reason());
    assertEquals(1, again());
    assertNull(stored(tooMany.orderId()));
    take(request(UUID.randomUUID(), 10));
    assertEquals(StockCalls.level(sku, 10, 0, 10, 0), StockCalls.admin().level(sku));
  }

  private Reservation take(ReservationRequest request) {
    return reserve.reserve(request).await().atMost(SOON);
  }

  private Reservation stored(UUID orderId) {
    return queries.reservations(List.of(orderId)).await().atMost(SOON).get(orderId);
  }

  private double again() {
    return meters.counter(ReserveStock.AGAIN).count();
  }

  private ReservationRequest request(UUID order, long quantity) {
    return ReservationRequest.of(
        order,
        BUYER,
        List.of(new Reservation.Line(UUID.fromString(sku), quantity, 0)),
        Duration.ZERO,
        clock.instant());
  }
}
