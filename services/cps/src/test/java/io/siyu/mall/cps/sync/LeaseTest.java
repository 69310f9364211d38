package io.siyu.mall.cps.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.cps.CpsEnvironment;
import io.siyu.mall.cps.TestOutsideClock;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.lease.Leases;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.http.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may bring in a platform's orders, when runs are killed, slow, or overtaken. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(CpsEnvironment.class)
class LeaseTest {

  static final Duration LONG = Duration.ofSeconds(30);
  static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");
  static final String DETAILS = "taobao.tbk.order.details.get";

  @Inject Leases leases;
  @Inject SyncPlatform syncPlatform;
  @Inject Platforms platforms;
  @Inject Jobs jobs;
  @Inject Pool pool;
  @Inject TestClock clock;
  @Inject TestOutsideClock outside;

  SandboxClient taobao;

  @BeforeEach
  void begin() {
    for (String table :
        List.of("cps_orders", "cps_documents", "clawbacks", "sync_cursors", "syncs", "outbox")) {
      execute("DELETE FROM " + table);
    }
    execute("DELETE FROM sync_leases");
    taobao = CpsEnvironment.taobao();
    taobao.reset();
    taobao.taobaoSettings(Json.object("callsPerSecond", 100_000));
    clock.set(NOW);
    outside.set(NOW);
  }

  @AfterEach
  void end() {
    execute("DELETE FROM sync_leases");
    clock.reset();
    taobao.reset();
  }

  @Test
  void aKilledRunHoldsThePlatformNoLongerThanItsLease() {
    batch(1);
    // Nobody renews it and nobody gives it back.
    assertTrue(on(() -> leases.take("TAOBAO")).isPresent());
    assertTrue(on(this::run).isEmpty());
    await().atMost(Duration.ofSeconds(5)).until(() -> on(this::run).isPresent());
    assertEquals(1, count("SELECT COUNT(*) FROM cps_orders"));
  }

  @Test
  void aRunThatEndsGivesThePlatformBackAtOnce() {
    batch(1);
    assertTrue(on(this::run).isPresent());
    assertTrue(on(this::run).isPresent());
  }

  @Test
  void aRunThatLostThePlatformWritesNothingMore() {
    batch(250);
    beginAtTheBatch();
    delay(700, 1);
    CompletableFuture<Optional<Sync>> slow = start();
    await().until(() -> count("SELECT COUNT(*) FROM syncs WHERE state = 'RUNNING'") == 1);
    // Another one, after this one's lease had run out unseen.
    execute("UPDATE sync_leases SET owner = x'0102030405060708090a0b0c0d0e0f10'");
    assertTrue(slow.join().isPresent());
    assertEquals(0, count("SELECT COUNT(*) FROM cps_orders"));
    assertEquals(0, count("SELECT COUNT(*) FROM cps_documents"));
    assertEquals(
        0,
        count("SELECT COUNT(*) FROM sync_cursors WHERE watermark > '2024-05-31 23:50:00'"),
        "no watermark moves");
    assertEquals(
        1, count("SELECT COUNT(*) FROM syncs WHERE state = 'FAILED' AND error LIKE '%taken%'"));
    assertEquals(
        1,
        count("SELECT COUNT(*) FROM sync_leases WHERE owner = x'0102030405060708090a0b0c0d0e0f10'"),
        "and it takes nothing from the other one");
  }

  @Test
  void aStepThatTakesLongerThanTheLeaseKeepsIt() {
    batch(1);
    // Every attempt at the first page runs into its deadline of a second, five times.
    delay(60_000, 1_000);
    CompletableFuture<Optional<Sync>> slow = start();
    await().until(() -> count("SELECT COUNT(*) FROM syncs WHERE state = 'RUNNING'") == 1);
    await()
        .pollDelay(Duration.ofMillis(2_500))
        .untilAsserted(() -> assertTrue(on(this::run).isEmpty(), "taken over while it works"));
    assertTrue(!slow.isDone(), "the test must look while it works");
    assertTrue(slow.join().isPresent());
  }

  @Test
  void onePageIsFetchedAheadWhileOneIsStoredAndNoMore() {
    batch(450);
    beginAtTheBatch();
    delay(500, 1);
    int before = calls();
    SqlConnection other = pool.getConnection().await().atMost(LONG);
    try {
      CompletableFuture<Optional<Sync>> running = start();
      await().until(() -> count("SELECT COUNT(*) FROM syncs WHERE state = 'RUNNING'") == 1);
      other.begin().await().atMost(LONG);
      // The first page cannot be stored while somebody else has this row.
      other
          .query("SELECT * FROM sync_leases WHERE platform = 'TAOBAO' FOR UPDATE")
          .execute()
          .await()
          .atMost(LONG);
      await().atMost(LONG).untilAsserted(() -> assertEquals(before + 2, calls()));
      await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> calls() == before + 2);
      other.query("ROLLBACK").execute().await().atMost(LONG);
      assertTrue(running.join().isPresent());
    } finally {
      other.close().await().atMost(LONG);
    }
    assertEquals(450, count("SELECT COUNT(*) FROM cps_orders"));
  }

  @Test
  void whatIsUnchangedIsReadAndNeitherLockedNorWritten() {
    batch(250);
    on(this::run);
    SqlConnection other = pool.getConnection().await().atMost(LONG);
    try {
      other.begin().await().atMost(LONG);
      for (String table : List.of("cps_orders", "cps_documents")) {
        other.query("SELECT * FROM " + table + " FOR UPDATE").execute().await().atMost(LONG);
      }
      assertTrue(on(this::run).isPresent());
      assertEquals(SyncState.SUCCEEDED, last());
      other.query("ROLLBACK").execute().await().atMost(LONG);
    } finally {
      other.close().await().atMost(LONG);
    }
    assertEquals(0, count("SELECT changed FROM syncs ORDER BY id DESC LIMIT 1"));
    assertTrue(count("SELECT documents FROM syncs ORDER BY id DESC LIMIT 1") >= 250);
  }

  private SyncState last() {
    return SyncState.valueOf(
        pool.query("SELECT state FROM syncs ORDER BY id DESC LIMIT 1")
            .execute()
            .await()
            .atMost(LONG)
            .iterator()
            .next()
            .getString(0));
  }

  private int calls() {
    return taobao.taobaoCalls().path(DETAILS).asInt();
  }

  private void batch(int count) {
    taobao.taobaoBatch(
        Json.object(
            "count",
            count,
            "from",
            NOW.minusSeconds(600),
            "to",
            NOW.minusSeconds(60),
            "relationIds",
            List.of("2900000000")));
  }

  /** So that the first page that is asked for has orders. */
  private void beginAtTheBatch() {
    execute(
        "INSERT INTO sync_cursors (platform, question, watermark)"
            + " VALUES ('TAOBAO', 'CREATED', '2024-05-31 23:50:00')");
  }

  private void delay(int millis, int times) {
    taobao.misbehave(
        Json.object(
            "operation",
            "taobao.rest",
            "kind",
            "DELAY",
            "delayMillis",
            millis,
            "remaining",
            times));
  }

  private Uni<Optional<Sync>> run() {
    return syncPlatform.run(platforms.require(Platform.TAOBAO), "TEST");
  }

  private CompletableFuture<Optional<Sync>> start() {
    return jobs.run(this::run).subscribeAsCompletionStage();
  }

  private <T> T on(Supplier<Uni<T>> work) {
    return jobs.run(work).await().atMost(LONG);
  }

  private void execute(String sql) {
    pool.query(sql).execute().await().atMost(LONG);
  }

  private long count(String sql) {
    return pool.query(sql).execute().await().atMost(LONG).iterator().next().getLong(0);
  }
}
