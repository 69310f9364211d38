package io.siyu.mall.platform.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.SilentProxy;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay whose connections fall silent delivers what was left over the next ones, once. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class SilentRelayTest {

  /** Nobody whom the service's own relay delivers to. */
  private static final String SUBSCRIBER = "beyond";

  private static final Duration LEASE = Duration.ofSeconds(1);

  @Inject Vertx vertx;
  @Inject Pool healthy;
  @Inject Jobs jobs;
  @Inject MeterRegistry metrics;
  @Inject Subscriptions subscriptions;
  private final SilentProxy proxy = new SilentProxy();
  private final Map<String, Integer> accepted = new ConcurrentHashMap<>();
  private volatile Runnable whenDelivered = () -> {};

  /** The pool prefers a connection of the same event loop: the silent one is the first choice. */
  private Context context;

  @BeforeEach
  void open() {
    context = vertx.getOrCreateContext();
  }

  @AfterEach
  void close() {
    proxy.close();
    execute("DELETE FROM outbox WHERE subscriber = ?", SUBSCRIBER);
  }

  @Test
  void silenceWhileItClaims() {
    Relay relay = relay();
    UUID first = add();
    deliveredOnce(relay, first);
    proxy.silence();
    UUID second = add();
    deliveredOnce(relay, second);
  }

  /** The subscriber has the event already: it comes again, and is a duplicate there. */
  @Test
  void silenceWhileItSettles() {
    Relay relay = relay();
    whenDelivered =
        () -> {
          whenDelivered = () -> {};
          proxy.silence();
        };
    UUID event = add();
    deliveredOnce(relay, event);
  }

  private void deliveredOnce(Relay relay, UUID event) {
    until(
        () -> {
          context.runOnContext(ignored -> relay.wake(SUBSCRIBER));
          assertEquals(0, waiting());
        });
    assertEquals(1, accepted.get(event.toString()));
  }

  private Relay relay() {
    OutboxConfig config = config();
    return new Relay(
        new OutboxRows(proxy.pool(vertx, 3), config),
        this::take,
        subscriptions,
        config,
        jobs,
        metrics);
  }

  private Uni<List<EventResult>> take(String subscriber, List<Event> events) {
    List<EventResult> results =
        events.stream()
            .map(
                event -> {
                  boolean repeated = accepted.putIfAbsent(event.getEventId(), 1) != null;
                  return EventResult.newBuilder()
                      .setEventId(event.getEventId())
                      .setOutcome(repeated ? Outcome.DUPLICATE : Outcome.ACCEPTED)
                      .build();
                })
            .toList();
    whenDelivered.run();
    return Uni.createFrom().item(results);
  }

  private UUID add() {
    UUID event = Ids.next();
    execute(
        "INSERT INTO outbox (id, event_id, subscriber, type, aggregate_type, aggregate_id,"
            + " sequence_no, payload, occurred_at, attempts, next_attempt_at) VALUES (?, ?, ?,"
            + " 'mall.test.Silence', 'silence', ?, 1, x'', UTC_TIMESTAMP(6), 0, UTC_TIMESTAMP(6))",
        Ids.next(),
        event,
        SUBSCRIBER,
        event.toString());
    return event;
  }

  private long waiting() {
    return healthy
        .preparedQuery("SELECT COUNT(*) FROM outbox WHERE subscriber = ?")
        .execute(SqlParams.tuple(SUBSCRIBER))
        .await()
        .atMost(Duration.ofSeconds(5))
        .iterator()
        .next()
        .getLong(0);
  }

  private void execute(String sql, Object... params) {
    healthy
        .preparedQuery(sql)
        .execute(SqlParams.tuple(params))
        .await()
        .atMost(Duration.ofSeconds(5));
  }

  private static void until(ThrowingRunnable holds) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(holds);
  }

  private static OutboxConfig config() {
    return new OutboxConfig() {
      @Override
      public boolean enabled() {
        return true;
      }

      @Override
      public int batchSize() {
        return 10;
      }

      @Override
      public int maxAttempts() {
        return 20;
      }

      @Override
      public Duration lease() {
        return LEASE;
      }

      @Override
      public Duration deliveryTimeout() {
        return Duration.ofSeconds(1);
      }

      @Override
      public Duration longestStep() {
        return Duration.ofMillis(500);
      }
    };
  }
}
