package io.siyu.mall.catalog.stock;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.error.RemoteError;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.proto.catalog.v1.AdjustStockRequest;
import io.siyu.mall.proto.catalog.v1.ListStockMovementsRequest;
import io.siyu.mall.proto.catalog.v1.ListStockMovementsResponse;
import io.siyu.mall.proto.catalog.v1.ReleaseRequest;
import io.siyu.mall.proto.catalog.v1.Reservation;
import io.siyu.mall.proto.catalog.v1.ReservationState;
import io.siyu.mall.proto.catalog.v1.StockMovement;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class ReserveStockTest {

  @Inject ExpireReservations expiry;
  @Inject TestClock clock;

  @AfterEach
  void everyIdentityHolds() {
    clock.reset();
    StockCalls.admin()
        .reconcile()
        .forEach(check -> assertEquals(0, check.getDifferenceCount(), check::toString));
  }

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  @Test
  void holdsPiecesForAnOrder() {
    String sku = sku(10);
    StockCalls member = StockCalls.service();
    String order = order();

    Reservation reservation = member.reserve(order, sku, 3);

    assertEquals(ReservationState.HELD, reservation.getState());
    assertTrue(reservation.hasExpiresAt());
    assertEquals(StockCalls.level(sku, 10, 7, 3, 0), StockCalls.admin().level(sku));
    assertEquals(reservation, member.reserve(order, sku, 3), "the same order again");
    assertEquals(reservation, member.reservation(order));
    assertEquals(7, StockCalls.admin().level(sku).getAvailable());
  }

  @Test
  void countsItsGroups() {
    StockCalls.service().reserve(order(), sku(1), 1);
    given().get(metrics).then().statusCode(200).body(containsString("mall_stock_group_size_count"));
  }

  @Test
  void holdsAllLinesOrNone() {
    String plenty = sku(10);
    String scarce = sku(1);
    String order = order();
    RemoteError refusal =
        refused(
            Status.Code.FAILED_PRECONDITION,
            () ->
                StockCalls.service()
                    .reserve(
                        order, List.of(StockCalls.line(plenty, 2), StockCalls.line(scarce, 2))));
    assertEquals("OUT_OF_STOCK", refusal.reason());
    assertEquals(scarce, refusal.metadata().get("sku_ids"));
    assertEquals(10, StockCalls.admin().level(plenty).getAvailable());
    assertEquals(1, StockCalls.admin().level(scarce).getAvailable());
    refused(Status.Code.NOT_FOUND, () -> StockCalls.service().reservation(order));
  }

  @Test
  void refusesWhatCannotBe() {
    String sku = sku(1);
    refused(Status.Code.INVALID_ARGUMENT, () -> StockCalls.service().reserve("x", sku, 1));
    refused(Status.Code.INVALID_ARGUMENT, () -> StockCalls.service().reserve(order(), sku, 0));
    refused(Status.Code.INVALID_ARGUMENT, () -> StockCalls.service().reserve(order(), List.of()));
    refused(Status.Code.NOT_FOUND, () -> StockCalls.service().reserve(order(), order(), 1));
  }

  @Test
  void twoBuyersOfTheLastPieceAndOneGetsIt() throws Exception {
    List<StockCalls> members = List.of(StockCalls.service(), StockCalls.service());
    for (int round = 0; round < 10; round++) {
      String sku = sku(1);
      List<Boolean> got =
          together(2, i -> () -> succeeds(() -> members.get(i).reserve(order(), sku, 1)));
      assertEquals(1, Collections.frequency(got, true));
      assertEquals(StockCalls.level(sku, 1, 0, 1, 0), StockCalls.admin().level(sku));
    }
  }

  @Test
  void twoHundredBuyersOfTenPieces() throws Exception {
    String sku = sku(10);
    List<StockCalls> members = Stream.generate(StockCalls::service).limit(20).toList();
    List<Boolean> got =
        together(200, i -> () -> succeeds(() -> members.get(i % 20).reserve(order(), sku, 1)));
    assertEquals(10, Collections.frequency(got, true));
    assertEquals(StockCalls.level(sku, 10, 0, 10, 0), StockCalls.admin().level(sku));
  }

  /** Lines in every order over few SKUs, with the same orders repeated: no deadlock, no loss. */
  @Test
  void manyOrdersOverTheSameFewSkus() throws Exception {
    List<String> skus = List.of(sku(40), sku(40), sku(40), sku(40), sku(40));
    Random random = new Random(7);
    List<StockCalls> members = Stream.generate(StockCalls::service).limit(10).toList();
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      List<String> shuffled = new ArrayList<>(skus);
      Collections.shuffle(shuffled, random);
      StockCalls member = members.get(i % members.size());
      String order = order();
      Callable<Boolean> call =
          () ->
              succeeds(
                  () ->
                      member.reserve(
                          order,
                          List.of(
                              StockCalls.line(shuffled.get(0), 1),
                              StockCalls.line(shuffled.get(1), 1),
                              StockCalls.line(shuffled.get(2), 1))));
      calls.add(call);
      calls.add(call);
    }
    together(calls.size(), calls::get);
    long held = skus.stream().mapToLong(sku -> StockCalls.admin().level(sku).getHeld()).sum();
    assertTrue(held > 0 && held % 3 == 0, "whole orders only, not " + held);
    assertTrue(held <= 200);
  }

  @Test
  void theSameOrderAtOnceIsOneReservation() throws Exception {
    String sku = sku(5);
    StockCalls member = StockCalls.service();
    String order = order();
    List<Boolean> got = together(20, i -> () -> succeeds(() -> member.reserve(order, sku, 2)));
    assertEquals(20, Collections.frequency(got, true));
    assertEquals(StockCalls.level(sku, 5, 3, 2, 0), StockCalls.admin().level(sku));
  }

  @Test
  void releasingGivesBackOnceHoweverOftenItIsAsked() {
    String sku = sku(5);
    StockCalls member = StockCalls.service();
    String order = order();
    member.reserve(order, sku, 2);
    ReleaseRequest request =
        ReleaseRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setOrderId(order)
            .build();
    Reservation released = member.stub().release(request);
    assertEquals(ReservationState.RELEASED, released.getState());
    assertEquals(released, member.stub().release(request), "the same request");
    assertEquals(ReservationState.RELEASED, member.release(order).getState(), "another one");
    assertEquals(StockCalls.level(sku, 5, 5, 0, 0), StockCalls.admin().level(sku));
    assertEquals(
        "RESERVATION_ENDED",
        refused(Status.Code.FAILED_PRECONDITION, () -> member.reserve(order, sku, 2)).reason());
  }

  @Test
  void aHoldWithoutAnOrderExpires() {
    String sku = sku(5);
    String order = order();
    StockCalls.service().reserve(order, sku, 2);
    expiry.run().await().atMost(Duration.ofSeconds(10));
    assertEquals(3, StockCalls.admin().level(sku).getAvailable(), "not yet");
    clock.advance(Duration.ofMinutes(16));
    expiry.run().await().atMost(Duration.ofSeconds(10));
    assertEquals(StockCalls.level(sku, 5, 5, 0, 0), StockCalls.admin().level(sku));
    assertEquals(ReservationState.EXPIRED, StockCalls.service().reservation(order).getState());
  }

  @Test
  void stockIsAdjustedOnceAndNeverBelowZero() {
    String sku = sku(5);
    StockCalls admin = StockCalls.admin();
    AdjustStockRequest request =
        AdjustStockRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setSkuId(sku)
            .setDelta(7)
            .setReason("到货")
            .build();
    assertEquals(StockCalls.level(sku, 12, 12, 0, 0), admin.stub().adjustStock(request));
    assertEquals(StockCalls.level(sku, 12, 12, 0, 0), admin.stub().adjustStock(request));
    assertEquals(12, admin.level(sku).getSupplied(), "the same request once");
    StockCalls.service().reserve(order(), sku, 10);
    assertEquals(
        "STOCK_TOO_LOW",
        refused(Status.Code.FAILED_PRECONDITION, () -> admin.adjust(sku, -3)).reason());
    assertEquals(StockCalls.level(sku, 10, 0, 10, 0), admin.adjust(sku, -2));
    refused(Status.Code.INVALID_ARGUMENT, () -> admin.adjust(sku, 0));
    refused(Status.Code.INVALID_ARGUMENT, () -> admin.adjust(sku, Long.MIN_VALUE));
    refused(
        Status.Code.FAILED_PRECONDITION,
        () -> admin.stub().adjustStock(request.toBuilder().setDelta(8).build()));
  }

  @Test
  void theBookOfASkuIsReadInPages() {
    String sku = sku(5);
    StockCalls admin = StockCalls.admin();
    String order = order();
    StockCalls member = StockCalls.service();
    member.reserve(order, sku, 2);
    member.release(order);
    ListStockMovementsRequest first =
        ListStockMovementsRequest.newBuilder().setSkuId(sku).setPageSize(2).build();
    ListStockMovementsResponse newest = admin.stub().listStockMovements(first);
    assertEquals(
        List.of("RELEASE", "HOLD"),
        newest.getMovementsList().stream().map(StockMovement::getKind).toList());
    ListStockMovementsResponse older =
        admin
            .stub()
            .listStockMovements(first.toBuilder().setPageToken(newest.getNextPageToken()).build());
    assertEquals(1, older.getMovementsCount());
    assertEquals("SUPPLY", older.getMovements(0).getKind());
    assertEquals(5, older.getMovements(0).getQuantity());
    assertTrue(older.getNextPageToken().isEmpty());
    assertFalse(newest.getMovements(0).getBy().isEmpty());
  }

  private static String sku(long stock) {
    return CatalogFixture.onSale(stock).getSkus(0).getSkuId();
  }

  private static String order() {
    return UUID.randomUUID().toString();
  }

  private static boolean succeeds(Runnable call) {
    try {
      call.run();
      return true;
    } catch (StatusRuntimeException e) {
      assertEquals("OUT_OF_STOCK", RemoteErrors.from(e).reason());
      return false;
    }
  }

  static RemoteError refused(Status.Code code, Runnable call) {
    StatusRuntimeException e = assertThrows(StatusRuntimeException.class, call::run);
    assertEquals(code, e.getStatus().getCode(), e::toString);
    return RemoteErrors.from(e);
  }

  private interface Calls {
    Callable<Boolean> get(int index);
  }

  private static List<Boolean> together(int count, Calls calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(calls.get(i));
      }
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> future : threads.invokeAll(all)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
