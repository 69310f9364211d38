package io.siyu.mall.platform.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.SilentProxy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job whose connection falls silent is given up, seen, and started again. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class JobsTest {

  private static final Duration BOUND = Duration.ofMillis(700);

  @Inject Vertx vertx;
  @Inject MeterRegistry metrics;
  @Inject Scheduler scheduler;
  private final SilentProxy proxy = new SilentProxy();

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void aRunThatNeverEndsIsGivenUpAndCounted() {
    Jobs jobs = new Jobs(vertx, "platform", metrics, BOUND);
    Uni<Void> run = jobs.run("never-ends", () -> Uni.createFrom().nothing());
    CompletionException failure =
        assertThrows(CompletionException.class, () -> run.await().atMost(Duration.ofSeconds(10)));
    assertEquals(TimeoutException.class, failure.getCause().getClass());
    assertEquals(1, givenUp("never-ends"));
  }

  @Test
  void aRunThatEndsOrFailsIsNot() {
    Jobs jobs = new Jobs(vertx, "platform", metrics, BOUND);
    assertEquals(
        7, jobs.run("ends", () -> Uni.createFrom().item(7)).await().atMost(Duration.ofSeconds(10)));
    Uni<Void> failing =
        jobs.run("fails", () -> Uni.createFrom().failure(new IllegalStateException("no")));
    assertThrows(IllegalStateException.class, () -> failing.await().atMost(Duration.ofSeconds(10)));
    Uni<Integer> slow =
        jobs.run(
            "slow",
            Duration.ofSeconds(5),
            () -> Uni.createFrom().item(8).onItem().delayIt().by(BOUND.multipliedBy(2)));
    assertEquals(8, slow.await().atMost(Duration.ofSeconds(10)));
    assertEquals(0, givenUp("ends") + givenUp("fails") + givenUp("slow"));
  }

  @Test
  void theSchedulerStartsAJobAgainWhoseConnectionFellSilent() {
    Jobs jobs = new Jobs(vertx, "platform", metrics, BOUND);
    Pool pool = proxy.pool(vertx, 1, BOUND.multipliedBy(3));
    AtomicInteger ended = new AtomicInteger();
    scheduler
        .newJob("over-a-silent-connection")
        .setInterval("1s")
        .setConcurrentExecution(ConcurrentExecution.SKIP)
        .setAsyncTask(
            execution ->
                jobs.run("silenced", () -> pool.query("SELECT 1").execute())
                    .invoke(ended::incrementAndGet)
                    .replaceWithVoid())
        .schedule();
    try {
      until(() -> ended.get() > 0);
      proxy.silence();
      int before = ended.get();
      until(() -> givenUp("silenced") > 0);
      until(() -> ended.get() > before);
    } finally {
      scheduler.unscheduleJob("over-a-silent-connection");
    }
  }

  private double givenUp(String job) {
    return metrics.counter(Jobs.GIVEN_UP, "job", job).count();
  }

  private static void until(Callable<Boolean> holds) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(holds);
  }
}
