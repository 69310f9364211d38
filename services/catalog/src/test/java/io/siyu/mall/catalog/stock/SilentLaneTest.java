package io.siyu.mall.catalog.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.SilentProxy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane whose connection is lost says so to who waits, and goes on over the next one. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class SilentLaneTest {

  private static final Duration BOUND = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String LONG = "SELECT SLEEP(20)";

  @Inject Vertx vertx;
  @Inject StockBook book;
  @Inject SqlReservations reservations;
  @Inject MeterRegistry meters;
  @Inject Clock clock;
  @Inject Jobs jobs;
  @Inject Pool healthy;
  private final SilentProxy proxy = new SilentProxy();
  private final String sku = CatalogFixture.onSale(10).getSkus(0).getSkuId();

  @AfterEach
  void everyIdentityHolds() {
    proxy.close();
    StockCalls.admin()
        .reconcile()
        .forEach(check -> assertEquals(0, check.getDifferenceCount(), check::toString));
  }

  /**
   * One lane, so one event loop, whose silent connection the pool gives first. The first request
   * goes alone; the others wait for it, and are the next group.
   */
  @Test
  void silenceIsAnErrorWithinTheBoundAndWhatFollowsPasses() throws Exception {
    ReserveStock reserve = reserveStock(proxy.pool(vertx, 3));
    held(reserve);
    proxy.silence();
    long start = System.nanoTime();
    List<CompletableFuture<Reservation>> waiting =
        IntStream.range(0, 5).mapToObj(i -> reserving(reserve)).toList();
    fails(waiting.get(0));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(BOUND.multipliedBy(3)) < 0, "an error after " + took);
    for (CompletableFuture<Reservation> next : waiting.subList(1, 5)) {
      next.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    }
    held(reserve);
    assertEquals(StockCalls.level(sku, 10, 4, 6, 0), StockCalls.admin().level(sku));
  }

  /** Of what was sent without waiting for each other, the client itself would fail one only. */
  @Test
  void aConnectionThatTheServerEndsIsAnErrorAtOnce() {
    CompletableFuture<?> waiting =
        jobs.run(
                () ->
                    healthy.withTransaction(
                        connection ->
                            Uni.combine()
                                .all()
                                .unis(
                                    connection.query(LONG).execute(),
                                    connection.query("SELECT 1").execute())
                                .asTuple()))
            .subscribeAsCompletionStage();
    long connection = SilentProxy.running(healthy, LONG);
    healthy.query("KILL " + connection).execute().await().atMost(SOON);
    fails(waiting);
  }

  private static void fails(CompletableFuture<?> waiting) {
    Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(waiting::isDone);
    Throwable failure = assertThrows(ExecutionException.class, waiting::get).getCause();
    assertTrue(DatabaseErrors.isUnavailable(failure), failure::toString);
  }

  private void held(ReserveStock reserve) throws Exception {
    assertEquals(
        ReservationState.HELD,
        reserving(reserve).get(SOON.toMillis(), TimeUnit.MILLISECONDS).state());
  }

  private CompletableFuture<Reservation> reserving(ReserveStock reserve) {
    return reserve
        .reserve(
            ReservationRequest.of(
                UUID.randomUUID(),
                "MEMBER:" + UUID.randomUUID(),
                List.of(new Reservation.Line(UUID.fromString(sku), 1, 0)),
                Duration.ZERO,
                clock.instant()))
        .subscribeAsCompletionStage();
  }

  private ReserveStock reserveStock(Pool pool) {
    return new ReserveStock(pool, book, reservations, vertx, meters, 1, BOUND);
  }
}
