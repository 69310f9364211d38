package io.siyu.mall.platform.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.notes.v1.NoteBurnt;
import io.siyu.mall.platform.notes.v1.NoteCounted;
import io.siyu.mall.platform.notes.v1.NoteWritten;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.DeliverRequest;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.siyu.mall.proto.common.v1.EventSinkGrpc;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class InboxTest {

  @Inject Pool pool;

  private final EventSinkGrpc.EventSinkBlockingStub sink =
      TestGrpc.as(TestTokens.service("platform"), EventSinkGrpc::newBlockingStub);

  @AfterEach
  void behave() {
    NoteEvents.REFUSE.set(false);
    NoteEvents.BREAK.set(0);
  }

  @Test
  void anEventHasOneEffectHoweverOftenItComes() {
    UUID note = UUID.randomUUID();
    Event event = written(note);
    assertEquals(List.of(Outcome.ACCEPTED), deliver(event));
    assertEquals(List.of(Outcome.DUPLICATE), deliver(event));
    assertEquals(1, effects(note));
  }

  @Test
  void theSameEventManyTimesAtOnceHasOneEffect() throws Exception {
    UUID note = UUID.randomUUID();
    List<Event> both = List.of(written(note), counted(note, 1));
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<List<Outcome>>> calls =
          IntStream.range(0, 32)
              .mapToObj(i -> (Callable<List<Outcome>>) () -> deliver(both.toArray(Event[]::new)))
              .toList();
      long accepted = 0;
      for (Future<List<Outcome>> result : threads.invokeAll(calls)) {
        accepted += result.get().stream().filter(o -> o == Outcome.ACCEPTED).count();
        assertEquals(Set.of(), without(result.get(), Outcome.ACCEPTED, Outcome.DUPLICATE));
      }
      assertEquals(2, accepted);
      assertEquals(2, effects(note));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aHandlerThatFailsLeavesNothingBehindAndIsTriedAgain() {
    UUID note = UUID.randomUUID();
    Event event = written(note);
    NoteEvents.BREAK.set(1);
    assertEquals(List.of(Outcome.RETRY), deliver(event));
    assertEquals(0, effects(note));
    assertEquals(List.of(Outcome.ACCEPTED), deliver(event));
    assertEquals(1, effects(note));
  }

  @Test
  void aRefusalStopsTheAggregateAndNobodyElse() {
    UUID bad = UUID.randomUUID();
    UUID good = UUID.randomUUID();
    NoteEvents.REFUSE.set(true);
    List<EventResult> results =
        results(written(bad), counted(good, 1), counted(bad, 1), counted(good, 2));
    assertEquals(
        List.of(Outcome.REFUSED, Outcome.ACCEPTED, Outcome.RETRY, Outcome.ACCEPTED),
        results.stream().map(EventResult::getOutcome).toList());
    assertEquals("NOT_LIKED", results.get(0).getReason());
    assertEquals("EARLIER_EVENT_NOT_TAKEN", results.get(2).getReason());
    assertEquals(0, effects(bad));
    assertEquals(2, effects(good));
  }

  @Test
  void unknownTypesFailLoudly() {
    UUID note = UUID.randomUUID();
    EventResult result =
        results(event(note, NoteBurnt.newBuilder().setNoteId(note.toString()).build())).get(0);
    assertEquals(Outcome.REFUSED, result.getOutcome());
    assertEquals("UNKNOWN_EVENT_TYPE", result.getReason());
  }

  @Test
  void aPayloadThatCannotBeReadIsRefused() {
    UUID note = UUID.randomUUID();
    Event broken =
        written(note).toBuilder()
            .setPayload(
                Any.newBuilder().setValue(com.google.protobuf.ByteString.copyFrom(new byte[] {7})))
            .build();
    EventResult result = results(broken).get(0);
    assertEquals(Outcome.REFUSED, result.getOutcome());
    assertEquals("MALFORMED_EVENT", result.getReason());
    assertEquals(
        Outcome.REFUSED,
        results(written(note).toBuilder().setEventId("x").build()).get(0).getOutcome());
    assertEquals(0, effects(note));
  }

  @Test
  void onlyServicesDeliver() {
    StatusRuntimeException refused =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                TestGrpc.as(TestTokens.member(UUID.randomUUID()), EventSinkGrpc::newBlockingStub)
                    .deliver(DeliverRequest.getDefaultInstance()));
    assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode());
  }

  @Test
  void aTypeComesFromItsOneSender() {
    UUID note = UUID.randomUUID();
    for (String other : List.of("order", "plat", "platform.notes", "")) {
      StatusRuntimeException refused =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  TestGrpc.as(TestTokens.service(other), EventSinkGrpc::newBlockingStub)
                      .deliver(DeliverRequest.newBuilder().addEvents(written(note)).build()));
      assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode());
      assertEquals("NOT_THE_SENDER", RemoteErrors.from(refused).reason());
    }
    assertEquals(0, effects(note));
  }

  private static Set<Outcome> without(List<Outcome> outcomes, Outcome... fine) {
    Set<Outcome> rest = new java.util.HashSet<>(outcomes);
    rest.removeAll(Set.of(fine));
    return rest;
  }

  private List<Outcome> deliver(Event... events) {
    return results(events).stream().map(EventResult::getOutcome).toList();
  }

  private List<EventResult> results(Event... events) {
    return sink.deliver(DeliverRequest.newBuilder().addAllEvents(List.of(events)).build())
        .getResultsList();
  }

  private long effects(UUID note) {
    return pool.preparedQuery("SELECT COUNT(*) FROM effect WHERE note_id = ?")
        .execute(SqlParams.tuple(note))
        .await()
        .atMost(Duration.ofSeconds(5))
        .iterator()
        .next()
        .getLong(0);
  }

  private static Event written(UUID note) {
    return event(note, NoteWritten.newBuilder().setNoteId(note.toString()).build());
  }

  private static Event counted(UUID note, int count) {
    return event(note, NoteCounted.newBuilder().setNoteId(note.toString()).setCount(count).build());
  }

  private static Event event(UUID note, Message payload) {
    return Event.newBuilder()
        .setEventId(UUID.randomUUID().toString())
        .setType(payload.getDescriptorForType().getFullName())
        .setAggregateType("note")
        .setAggregateId(note.toString())
        .setPayload(Any.pack(payload))
        .build();
  }
}
