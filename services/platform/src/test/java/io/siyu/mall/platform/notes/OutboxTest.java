package io.siyu.mall.platform.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.notes.v1.NoteCounted;
import io.siyu.mall.platform.notes.v1.NoteWritten;
import io.siyu.mall.platform.outbox.EventTransport;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.RecordedEvents;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventAdminGrpc;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.siyu.mall.proto.common.v1.ListParkedEventsRequest;
import io.siyu.mall.proto.common.v1.ParkedEvent;
import io.siyu.mall.proto.common.v1.RedriveParkedEventsRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class OutboxTest {

  @Inject Jobs jobs;
  @Inject NoteCommands commands;
  @Inject RecordedEvents events;
  @Inject Pool pool;

  @BeforeEach
  void nothingIsLeftOfOthers() {
    until(() -> assertEquals(0, rows()));
    events.reset();
  }

  @AfterEach
  void takeEverythingAgain() {
    events.reset();
    until(() -> assertEquals(0, rows()));
    events.reset();
  }

  @Test
  void everySubscriberIsToldWithoutWaitingForAPoll() {
    // The first delivery opens things; the second one shows the wake on commit.
    write();
    long start = System.nanoTime();
    UUID id = write();
    until(() -> assertEquals(1, told(id, "notes").size() * told(id, "others").size()));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.toMillis() < 900, "woken by the commit, not by the poll: " + took);
    until(() -> assertEquals(0, rows()));
  }

  @Test
  void whatRolledBackIsNeverTold() {
    UUID id = Ids.next();
    try {
      run(
          () ->
              io.quarkus.hibernate.reactive.panache.Panache.withTransaction(
                  () ->
                      commands
                          .write(id, "rolled back " + id, Money.ZERO)
                          .chain(
                              note ->
                                  Uni.createFrom()
                                      .<Note>failure(
                                          new IllegalStateException("after the write")))));
    } catch (IllegalStateException expected) {
      assertEquals("after the write", expected.getMessage());
    }
    assertEquals(0, rows());
    Awaitility.await()
        .during(Duration.ofMillis(300))
        .untilAsserted(() -> assertEquals(0, told(id, "notes").size()));
  }

  @Test
  void aCrashBetweenCommitAndDeliveryLosesNothing() {
    events.outage();
    UUID id = write();
    Awaitility.await().during(Duration.ofMillis(400)).untilAsserted(() -> assertEquals(2, rows()));
    // A process that died after claiming: its lease runs out, then another one delivers.
    sql(
        "UPDATE outbox SET attempts = 5, next_attempt_at = DATE_ADD(UTC_TIMESTAMP(6), INTERVAL 2 SECOND)");
    events.reset();
    Awaitility.await()
        .during(Duration.ofMillis(800))
        .untilAsserted(() -> assertEquals(0, told(id, "notes").size()));
    until(() -> assertEquals(1, told(id, "notes").size()));
  }

  @Test
  void anOutageParksNothing() {
    events.outage();
    write();
    Awaitility.await().during(Duration.ofSeconds(2)).untilAsserted(() -> assertEquals(2, rows()));
    assertEquals(0, number("SELECT COUNT(*) FROM outbox WHERE parked_at IS NOT NULL"));
    assertEquals(0, number("SELECT COALESCE(MAX(attempts), 0) FROM outbox WHERE attempts > 1"));
  }

  @Test
  void eventsOfAnAggregateArriveInOrderWhateverHappens() {
    ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
    UUID id = write();
    until(() -> assertEquals(0, rows()));
    // Every third answer is RETRY: the next event must wait behind it.
    int[] calls = {0};
    events.answer(
        (subscriber, batch) ->
            answer(
                batch,
                event -> {
                  if (++calls[0] % 3 == 0) {
                    return Outcome.RETRY;
                  }
                  order.add(counted(event).getCount());
                  return Outcome.ACCEPTED;
                }));
    run(() -> commands.countUp(id, 3));
    run(() -> commands.countUp(id, 4));
    run(() -> commands.countUp(id, 1));
    until(() -> assertEquals(0, rows()));
    assertEquals(IntStream.rangeClosed(1, 8).boxed().toList(), List.copyOf(order));
  }

  @Test
  void aBatchHasOneEventPerAggregateAndManyAggregates() {
    List<Integer> sizes = new ArrayList<>();
    events.outage();
    List<UUID> ids = IntStream.range(0, 40).mapToObj(i -> write()).toList();
    ids.forEach(id -> run(() -> commands.countUp(id, 2)));
    events.reset();
    events.answer(
        (subscriber, batch) -> {
          assertEquals(batch.size(), batch.stream().map(Event::getAggregateId).distinct().count());
          sizes.add(batch.size());
          return events.take(subscriber, batch);
        });
    until(() -> assertEquals(0, rows()));
    assertTrue(sizes.stream().anyMatch(size -> size >= 20), "batches: " + sizes);
    assertEquals(80, events.of(NoteCounted.class, "notes").size());
  }

  @Test
  void aRefusedEventIsParkedBlocksItsAggregateAndCanBeRedriven() {
    UUID poisoned = write();
    UUID healthy = write();
    until(() -> assertEquals(0, rows()));
    EventTransport refusing =
        (subscriber, batch) ->
            answer(
                batch,
                event ->
                    event.getAggregateId().equals(poisoned.toString())
                        ? Outcome.REFUSED
                        : Outcome.ACCEPTED);
    events.answer(refusing);
    run(() -> commands.countUp(poisoned, 2));
    run(() -> commands.countUp(healthy, 2));
    until(() -> assertEquals(2, rows()));
    until(() -> assertEquals(1, number("SELECT COUNT(*) FROM outbox WHERE parked_at IS NOT NULL")));

    EventAdminGrpc.EventAdminBlockingStub admin =
        TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), EventAdminGrpc::newBlockingStub);
    List<ParkedEvent> parked =
        admin
            .listParkedEvents(ListParkedEventsRequest.newBuilder().setSubscriber("notes").build())
            .getEventsList();
    assertEquals(1, parked.size());
    assertEquals(poisoned.toString(), parked.get(0).getEvent().getAggregateId());
    assertEquals("NO: said the test", parked.get(0).getLastError());
    assertEquals(1, counted(parked.get(0).getEvent()).getCount());

    events.reset();
    RedriveParkedEventsRequest redrive =
        RedriveParkedEventsRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .addEventIds(parked.get(0).getEvent().getEventId())
            .build();
    assertEquals(1, admin.redriveParkedEvents(redrive).getRedriven());
    assertEquals(1, admin.redriveParkedEvents(redrive).getRedriven());
    until(() -> assertEquals(0, rows()));
    assertEquals(
        List.of(1, 2),
        events.of(NoteCounted.class, "notes").stream().map(NoteCounted::getCount).toList());
  }

  @Test
  void retriesEndInTheParkingPlace() {
    events.answer((subscriber, batch) -> answer(batch, event -> Outcome.RETRY));
    write();
    until(() -> assertEquals(0, number("SELECT COUNT(*) FROM outbox WHERE attempts = 0")));
    // As if it had been tried often.
    sql("UPDATE outbox SET attempts = 19, next_attempt_at = UTC_TIMESTAMP(6)");
    until(() -> assertEquals(2, number("SELECT COUNT(*) FROM outbox WHERE parked_at IS NOT NULL")));
    sql("UPDATE outbox SET parked_at = NULL, attempts = 0, next_attempt_at = UTC_TIMESTAMP(6)");
  }

  @Test
  void onlyOperatorsMayLookAtParkedEvents() {
    for (String token :
        List.of(
            TestTokens.member(UUID.randomUUID()), TestTokens.staff(Role.BRAND_ADMIN, "miaomiao"))) {
      io.grpc.StatusRuntimeException refused =
          org.junit.jupiter.api.Assertions.assertThrows(
              io.grpc.StatusRuntimeException.class,
              () ->
                  TestGrpc.as(token, EventAdminGrpc::newBlockingStub)
                      .listParkedEvents(ListParkedEventsRequest.getDefaultInstance()));
      assertEquals(io.grpc.Status.Code.PERMISSION_DENIED, refused.getStatus().getCode());
    }
  }

  private static Uni<List<EventResult>> answer(
      List<Event> batch, java.util.function.Function<Event, Outcome> outcome) {
    List<EventResult> results = new ArrayList<>();
    for (Event event : batch) {
      results.add(
          EventResult.newBuilder()
              .setEventId(event.getEventId())
              .setOutcome(outcome.apply(event))
              .setReason("NO")
              .setMessage("said the test")
              .build());
    }
    return Uni.createFrom().item(results);
  }

  private static NoteCounted counted(Event event) {
    try {
      return event.getPayload().unpack(NoteCounted.class);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private UUID write() {
    UUID id = Ids.next();
    run(() -> commands.write(id, "outbox " + id, Money.ZERO));
    return id;
  }

  private List<NoteWritten> told(UUID id, String subscriber) {
    return events.of(NoteWritten.class, subscriber).stream()
        .filter(event -> event.getNoteId().equals(id.toString()))
        .toList();
  }

  private long rows() {
    return number("SELECT COUNT(*) FROM outbox");
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

  private void sql(String sql, Object... params) {
    pool.preparedQuery(sql).execute(SqlParams.tuple(params)).await().atMost(Duration.ofSeconds(5));
  }

  private <T> T run(Supplier<Uni<T>> work) {
    return jobs.run(work).await().atMost(Duration.ofSeconds(10));
  }

  private static void until(org.awaitility.core.ThrowingRunnable holds) {
    Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(holds);
  }
}
