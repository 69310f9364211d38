package io.siyu.mall.platform.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.SilentProxy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to a connection, each statement on it ends. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class LostConnectionTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String LONG = "SELECT SLEEP(20)";

  @Inject Vertx vertx;
  @Inject Jobs jobs;
  @Inject Pool healthy;
  private final SilentProxy proxy = new SilentProxy();

  @AfterEach
  void close() {
    proxy.close();
  }

  /** On the connection's own event loop the ROLLBACK follows before anybody knows of the end. */
  @Test
  void aTransactionEndsWhenItsConnectionCloses() {
    Pool pool = proxy.pool(vertx, 1);
    fails(pool, c -> c.query(LONG).execute(), proxy::cut);
    passes(pool);
  }

  @Test
  void soDoesOneWhoseStatementsDidNotWaitForEachOther() {
    Pool pool = proxy.pool(vertx, 1);
    fails(
        pool,
        c ->
            Uni.combine()
                .all()
                .unis(
                    c.query(LONG).execute(),
                    c.preparedQuery("SELECT 2").execute(),
                    c.query("SELECT 3").execute())
                .asTuple(),
        proxy::cut);
    passes(pool);
  }

  @Test
  void aSilentConnectionCountsAsDeadAfterAWhile() {
    Pool pool = proxy.pool(vertx, 1, Duration.ofMillis(500));
    fails(pool, c -> c.query(LONG).execute(), proxy::silence);
    passes(pool);
  }

  private <T> void fails(Pool pool, Function<SqlConnection, Uni<T>> work, Runnable happens) {
    CompletableFuture<T> waiting =
        jobs.run(() -> pool.withTransaction(work)).subscribeAsCompletionStage();
    SilentProxy.running(healthy, LONG);
    happens.run();
    Awaitility.await().atMost(SOON).until(waiting::isDone);
    Throwable failure = assertThrows(ExecutionException.class, waiting::get).getCause();
    assertTrue(DatabaseErrors.isUnavailable(failure), failure::toString);
  }

  private void passes(Pool pool) {
    assertEquals(
        7,
        jobs.run(() -> pool.withTransaction(c -> c.query("SELECT 7").execute()))
            .await()
            .atMost(SOON)
            .iterator()
            .next()
            .getInteger(0));
  }
}
