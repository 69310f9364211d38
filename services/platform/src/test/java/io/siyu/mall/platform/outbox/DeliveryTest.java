package io.siyu.mall.platform.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.grpc.GrpcTls;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.OutgoingCallInterceptor;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.notes.NoteCommands;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.RecordedEvents;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.proto.common.v1.EventResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way: outbox, relay, gRPC, inbox, effect — and two relays at once. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class DeliveryTest {

  private static final String PORT = "mall.services.notes.port";

  @Inject Jobs jobs;
  @Inject NoteCommands commands;
  @Inject RecordedEvents recorded;
  @Inject Pool pool;
  @Inject Config config;
  @Inject OutboxConfig outboxConfig;
  @Inject OutgoingCallInterceptor interceptor;
  @Inject GrpcTls tls;
  @Inject OutboxRows rows;
  @Inject Subscriptions subscriptions;
  @Inject MeterRegistry metrics;
  @Inject OutboxGauges gauges;

  @BeforeEach
  void nothingIsLeftOfOthers() {
    until(() -> assertEquals(0, number("SELECT COUNT(*) FROM outbox")));
    recorded.reset();
  }

  @AfterEach
  void reset() {
    System.clearProperty(PORT);
    recorded.reset();
    until(() -> assertEquals(0, number("SELECT COUNT(*) FROM outbox")));
    recorded.reset();
  }

  @Test
  void answersThatGetLostOnTheWayHaveOneEffect() {
    System.setProperty(PORT, Integer.toString(TestGrpc.port()));
    GrpcEventTransport grpc = new GrpcEventTransport(config, outboxConfig, interceptor, tls);
    AtomicInteger lost = new AtomicInteger();
    recorded.answer(
        (subscriber, events) ->
            subscriber.equals("notes")
                ? grpc.deliver(subscriber, events)
                    .call(() -> lost.incrementAndGet() <= 3 ? connectionLost() : nothing())
                : recorded.take(subscriber, events));
    List<UUID> ids = IntStream.range(0, 10).mapToObj(i -> write()).toList();
    ids.forEach(id -> run(() -> commands.countUp(id, 3)));
    until(() -> assertEquals(0, number("SELECT COUNT(*) FROM outbox")));
    assertTrue(lost.get() > 3, "some answers were lost");
    assertEquals(40, number("SELECT COUNT(*) FROM effect e WHERE e.note_id IN (" + in(ids) + ")"));
    assertEquals(
        40,
        number(
            "SELECT COUNT(DISTINCT e.note_id, e.what) FROM effect e WHERE e.note_id IN ("
                + in(ids)
                + ")"));
    grpc.close();
  }

  @Test
  void twoRelaysNeverOvertakeEachOther() {
    recorded.outage();
    List<UUID> ids = IntStream.range(0, 20).mapToObj(i -> write()).toList();
    ids.forEach(id -> run(() -> commands.countUp(id, 8)));
    Map<String, List<Long>> order = new ConcurrentHashMap<>();
    AtomicInteger byOther = new AtomicInteger();
    EventTransport slow =
        (subscriber, events) -> {
          events.forEach(
              event -> {
                List<Long> seen =
                    order.computeIfAbsent(
                        subscriber + event.getAggregateId(), key -> new ArrayList<>());
                synchronized (seen) {
                  seen.add(event.getSequence());
                }
              });
          return recorded.take(subscriber, events).onItem().delayIt().by(Duration.ofMillis(3));
        };
    Relay other =
        new Relay(
            rows,
            (subscriber, events) -> {
              byOther.addAndGet(events.size());
              return slow.deliver(subscriber, events);
            },
            subscriptions,
            small(),
            jobs,
            metrics);
    recorded.reset();
    recorded.answer(slow);
    until(
        () -> {
          other.wake("notes");
          other.wake("others");
          assertEquals(0, number("SELECT COUNT(*) FROM outbox"));
        });
    assertTrue(byOther.get() > 0, "both took part");
    assertEquals(40, order.size());
    order.forEach(
        (aggregate, seen) ->
            assertEquals(seen.stream().sorted().distinct().toList(), seen, aggregate));
    assertEquals(
        20 * 9 + 20, order.values().stream().mapToInt(List::size).sum(), "each exactly once");
  }

  @Test
  void whatWaitsAndWhatIsParkedCanBeSeen() {
    recorded.outage();
    write();
    until(() -> assertEquals(2, number("SELECT COUNT(*) FROM outbox")));
    run(() -> gauges.count());
    assertEquals(2, metrics.get("mall_outbox_pending").gauge().value());
    assertEquals(0, metrics.get("mall_outbox_parked").gauge().value());
  }

  @Test
  void manyCommitsAreToldAtOnce() {
    write();
    until(() -> assertEquals(0, number("SELECT COUNT(*) FROM outbox")));
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      write();
      until(() -> assertEquals(0, number("SELECT COUNT(*) FROM outbox")));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    // By the poll alone each would wait for half a second on average.
    assertTrue(took.toMillis() < 2_500, "ten deliveries took " + took);
  }

  private OutboxConfig small() {
    return new OutboxConfig() {
      @Override
      public boolean enabled() {
        return true;
      }

      @Override
      public int batchSize() {
        return 3;
      }

      @Override
      public int maxAttempts() {
        return 5;
      }

      @Override
      public Duration lease() {
        return Duration.ofSeconds(15);
      }

      @Override
      public Duration deliveryTimeout() {
        return Duration.ofSeconds(5);
      }

      @Override
      public Duration longestStep() {
        return Duration.ofMillis(300);
      }
    };
  }

  private static Uni<List<EventResult>> connectionLost() {
    return Uni.createFrom().failure(Status.UNAVAILABLE.asRuntimeException());
  }

  private static Uni<List<EventResult>> nothing() {
    return Uni.createFrom().item(List.<EventResult>of());
  }

  private UUID write() {
    UUID id = Ids.next();
    run(() -> commands.write(id, "delivery " + id, Money.ZERO));
    return id;
  }

  private static String in(List<UUID> ids) {
    return ids.stream()
        .map(id -> "0x" + id.toString().replace("-", ""))
        .collect(Collectors.joining(", "));
  }

  private long number(String sql) {
    return pool.query(sql)
        .execute()
        .await()
        .atMost(Duration.ofSeconds(5))
        .iterator()
        .next()
        .getLong(0);
  }

  private <T> T run(Supplier<Uni<T>> work) {
    return jobs.run(work).await().atMost(Duration.ofSeconds(10));
  }

  private static void until(ThrowingRunnable holds) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(holds);
  }
}
