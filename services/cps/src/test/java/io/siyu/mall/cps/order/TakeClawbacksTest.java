package io.siyu.mall.cps.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.cps.CpsEnvironment;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.test.MallDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Through the database: documents of claw-backs in any order, page size and repetition. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(CpsEnvironment.class)
class TakeClawbacksTest {

  static final Duration LONG = Duration.ofSeconds(60);
  static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  @Inject TakeClawbacks takeClawbacks;
  @Inject TakeDocuments take;
  @Inject SqlCpsOrders orders;
  @Inject Reconciliation reconciliation;
  @Inject Jobs jobs;
  @Inject Pool pool;

  @Test
  void anyOrderAndRepetitionEndsTheSame() {
    Random random = new Random(20_261_201);
    for (int round = 0; round < 12; round++) {
      String number = Long.toString(8_000_000_000_000_000_000L + random.nextInt(1_000_000_000));
      CpsOrderKey key = new CpsOrderKey(Platform.TAOBAO, number, number);
      List<Clawback> story = story(key, random);
      long expected =
          List.of("a", "b", "c").stream()
              .flatMap(
                  suit ->
                      story.stream()
                          .filter(one -> one.refundNo().startsWith(suit))
                          .max(java.util.Comparator.comparing(Clawback::version))
                          .stream())
              .filter(one -> one.state() == Clawback.State.EFFECTIVE)
              .mapToLong(one -> one.amount().minor())
              .sum();
      tell(key, story, random);
      CpsOrder order = stored(key);
      assertEquals(expected, order.figures().clawedBack().minor(), "round " + round);
      assertEquals(expected > 0 ? CpsOrderState.CLAWED_BACK : CpsOrderState.SETTLED, order.state());
      assertEquals(
          story.stream().map(Clawback::hash).distinct().count() + 1,
          count("SELECT COUNT(*) FROM cps_documents WHERE order_id = X'" + hex(key) + "'"));
    }
    on(reconciliation::run).stream()
        .filter(check -> check.getName().equals("cps.claw-backs-add-up"))
        .forEach(check -> assertEquals(0, check.getDifferenceCount(), check.toString()));
  }

  /** Twice, shuffled, in pages of any size; the order is heard of somewhere in between. */
  private void tell(CpsOrderKey key, List<Clawback> story, Random random) {
    List<Clawback> told = new ArrayList<>(story);
    told.addAll(story);
    Collections.shuffle(told, random);
    int heard = random.nextInt(told.size());
    for (int from = 0; from < told.size(); ) {
      int to = Math.min(told.size(), from + 1 + random.nextInt(4));
      List<Clawback> page = told.subList(from, to);
      if (from <= heard && heard < to) {
        on(
            () ->
                take.orders(
                    Platform.TAOBAO,
                    List.of(CpsOrderPropertiesTest.document(key, CpsOrderState.SETTLED, 1, 500))));
      }
      on(() -> takeClawbacks.take(Platform.TAOBAO, page, Fence.NONE));
      from = to;
    }
  }

  private static List<Clawback> story(CpsOrderKey key, Random random) {
    List<Clawback> story = new ArrayList<>();
    for (String suit : List.of("a", "b", "c")) {
      int length = random.nextInt(5);
      for (int i = 0; i < length; i++) {
        Clawback.State state = Clawback.State.values()[random.nextInt(3)];
        Instant at = START.plusSeconds(random.nextInt(6));
        long fen = 1 + random.nextInt(300);
        story.add(
            new Clawback(
                suit + key.orderNo(),
                key,
                state,
                Money.fen(fen),
                Money.ZERO,
                Money.ZERO,
                START,
                state == Clawback.State.OPEN ? null : at,
                at,
                suit + state + at + fen));
      }
    }
    story.add(CpsOrderPropertiesTest.clawback(key, "a" + key.orderNo(), Clawback.State.OPEN, 0, 9));
    return story;
  }

  private CpsOrder stored(CpsOrderKey key) {
    UUID id = key.id();
    return on(() ->
            pool.withTransaction(
                connection -> orders.lock(SqlTransaction.of(connection), List.of(id))))
        .get(id);
  }

  private static String hex(CpsOrderKey key) {
    return key.id().toString().replace("-", "");
  }

  private <T> T on(Supplier<Uni<T>> work) {
    return jobs.run(work).await().atMost(LONG);
  }

  private long count(String sql) {
    return pool.query(sql).execute().await().atMost(LONG).iterator().next().getLong(0);
  }
}
