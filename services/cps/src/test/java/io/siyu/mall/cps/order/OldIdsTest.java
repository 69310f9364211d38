package io.siyu.mall.cps.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.cps.CpsEnvironment;
import io.siyu.mall.cps.TestDistributors;
import io.siyu.mall.cps.attribution.SharePolicies;
import io.siyu.mall.cps.attribution.Standings;
import io.siyu.mall.cps.attribution.SubAffiliates;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.outbox.Outbox;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders from before ids were ordered. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(CpsEnvironment.class)
class OldIdsTest {

  static final Duration LONG = Duration.ofSeconds(30);
  static final Instant NOW = Instant.parse("2023-06-01T00:00:00Z");
  static final CpsOrderKey KNOWN = new CpsOrderKey(Platform.TAOBAO, "3900000000000000001", "1");
  static final CpsOrderKey FRESH = new CpsOrderKey(Platform.TAOBAO, "3900000000000000002", "1");

  @Inject CpsOrders orders;
  @Inject Clawbacks clawbacks;
  @Inject SubAffiliates subAffiliates;
  @Inject SharePolicies policies;
  @Inject Standings standings;
  @Inject ClaimedCredit claimed;
  @Inject TestDistributors distributors;
  @Inject Outbox outbox;
  @Inject SqlReader reader;
  @Inject Jobs jobs;
  @Inject Pool pool;
  @Inject TestClock clock;

  TakeDocuments take;
  TakeClawbacks takeClawbacks;

  @BeforeEach
  void begin() {
    clear();
    clock.set(NOW);
    take = takeDocuments();
  }

  @AfterEach
  void end() {
    clear();
    clock.reset();
  }

  /** As one that has just started. */
  private TakeDocuments takeDocuments() {
    OldIds oldIds = new OldIds(reader);
    LookUpDocuments lookUp =
        new LookUpDocuments(
            reader, orders, subAffiliates, policies, standings, oldIds, distributors, pool);
    TakeDocuments documents = new TakeDocuments(pool, orders, lookUp, claimed, outbox, clock);
    takeClawbacks = new TakeClawbacks(reader, clawbacks, orders, documents, oldIds, clock);
    return documents;
  }

  private void clear() {
    for (String sql :
        List.of(
            "DELETE FROM cps_orders",
            "DELETE FROM cps_documents",
            "DELETE FROM clawbacks",
            "DELETE FROM outbox",
            "UPDATE cps_old_ids SET orders = 0")) {
      pool.query(sql).execute().await().atMost(LONG);
    }
  }

  @Test
  void anOrderThatIsKnownByItsOldIdKeepsIt() {
    on(() -> take.orders(Platform.TAOBAO, List.of(document(KNOWN, CpsOrderState.PAID))));
    UUID old = KNOWN.withOldId().id();
    assertNotEquals(old, KNOWN.id());
    pool.preparedQuery("UPDATE cps_orders SET id = ?")
        .execute(io.vertx.mutiny.sqlclient.Tuple.of(Ids.buffer(old)))
        .await()
        .atMost(LONG);
    pool.query("UPDATE cps_old_ids SET orders = 1").execute().await().atMost(LONG);
    take = takeDocuments();
    on(
        () ->
            take.orders(
                Platform.TAOBAO,
                List.of(
                    document(KNOWN, CpsOrderState.SETTLED), document(FRESH, CpsOrderState.PAID))));
    on(
        () ->
            takeClawbacks.take(
                Platform.TAOBAO,
                List.of(
                    new Clawback(
                        "r1",
                        KNOWN,
                        Clawback.State.EFFECTIVE,
                        Money.fen(100),
                        Money.ZERO,
                        Money.ZERO,
                        NOW,
                        NOW,
                        NOW,
                        "{}")),
                Fence.NONE));
    assertEquals(2, count("SELECT COUNT(*) FROM cps_orders"));
    CpsOrder order =
        on(() ->
                pool.withTransaction(
                    connection ->
                        orders.lock(
                            io.siyu.mall.platform.sql.SqlTransaction.of(connection), List.of(old))))
            .get(old);
    assertEquals(CpsOrderState.CLAWED_BACK, order.state());
    assertEquals(Money.fen(100), order.figures().clawedBack());
    assertEquals(old, order.id());
    assertEquals(1, count("SELECT COUNT(*) FROM cps_orders WHERE HEX(id) = '" + hex(FRESH) + "'"));
  }

  private static String hex(CpsOrderKey key) {
    return key.id().toString().replace("-", "").toUpperCase(java.util.Locale.ROOT);
  }

  private static OrderDocument document(CpsOrderKey key, CpsOrderState state) {
    boolean settled = state == CpsOrderState.SETTLED;
    return new OrderDocument(
        key,
        state,
        null,
        "title",
        "item",
        1,
        Money.fen(9_900),
        Money.fen(900),
        settled ? Money.fen(900) : null,
        Money.ZERO,
        NOW,
        NOW,
        null,
        settled ? NOW.plusSeconds(60) : null,
        NOW.plusSeconds(settled ? 60 : 0),
        settled ? NOW.plusSeconds(3_600) : null,
        state + key.orderNo());
  }

  private <T> T on(Supplier<Uni<T>> work) {
    return jobs.run(work).await().atMost(LONG);
  }

  private long count(String sql) {
    return pool.query(sql).execute().await().atMost(LONG).iterator().next().getLong(0);
  }
}
