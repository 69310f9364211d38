package io.siyu.mall.platform.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.notes.v1.CountUpRequest;
import io.siyu.mall.platform.notes.v1.GetNoteRequest;
import io.siyu.mall.platform.notes.v1.NoteBookGrpc;
import io.siyu.mall.platform.notes.v1.NoteView;
import io.siyu.mall.platform.notes.v1.NoteWritten;
import io.siyu.mall.platform.notes.v1.WriteNoteRequest;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.RecordedEvents;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class IdempotencyTest {

  private static final int AT_ONCE = 24;

  @Inject Pool pool;
  @Inject RecordedEvents events;

  private final NoteBookGrpc.NoteBookBlockingStub member =
      TestGrpc.as(TestTokens.member(UUID.randomUUID()), NoteBookGrpc::newBlockingStub);

  @Test
  void aRepeatGetsTheSameAnswerAndDoesNothing() {
    WriteNoteRequest request = write();
    NoteView first = member.writeNote(request);
    int prepared = NotesGrpc.PREPARED.get();
    assertEquals(first, member.writeNote(request));
    assertEquals(prepared, NotesGrpc.PREPARED.get());
    assertEquals(1, notes(request.getText()));
    Awaitility.await().untilAsserted(() -> assertEquals(1, told(first).size()));
  }

  @Test
  void anotherBodyUnderTheSameIdIsRefused() {
    WriteNoteRequest request = write();
    member.writeNote(request);
    assertEquals(
        "IDEMPOTENCY_KEY_REUSED",
        reason(() -> member.writeNote(request.toBuilder().setPriceFen(9).build())));
  }

  @Test
  void anotherCallerMayUseTheSameId() {
    WriteNoteRequest request = write();
    NoteView mine = member.writeNote(request);
    NoteView theirs =
        TestGrpc.as(TestTokens.member(UUID.randomUUID()), NoteBookGrpc::newBlockingStub)
            .writeNote(request.toBuilder().setText("other " + UUID.randomUUID()).build());
    assertNotEquals(mine.getNoteId(), theirs.getNoteId());
  }

  @Test
  void aFailureStoresNothingSoTheNextTryCounts() {
    WriteNoteRequest late = write().toBuilder().setFailLate(true).build();
    assertEquals("TOO_LATE", reason(() -> member.writeNote(late)));
    assertEquals("TOO_LATE", reason(() -> member.writeNote(late)));
    assertEquals(0, notes(late.getText()));

    WriteNoteRequest early = write().toBuilder().setFailPrepare(true).build();
    assertEquals("NOT_NOW", reason(() -> member.writeNote(early)));
    // Nothing was stored, so the id is still free, even for another body.
    member.writeNote(early.toBuilder().setFailPrepare(false).build());
    assertEquals(1, notes(early.getText()));
  }

  @Test
  void repeatsAtOnceHaveOneEffectInHibernate() throws Exception {
    WriteNoteRequest request = write();
    Set<NoteView> answers = atOnce(() -> member.writeNote(request));
    assertEquals(1, answers.size());
    assertEquals(1, notes(request.getText()));
    NoteView answer = answers.iterator().next();
    assertEquals(
        request.getText(),
        member
            .getNote(GetNoteRequest.newBuilder().setNoteId(answer.getNoteId()).build())
            .getText());
    Awaitility.await().untilAsserted(() -> assertEquals(1, told(answer).size()));
    // And no second one comes later.
    Awaitility.await()
        .during(Duration.ofMillis(300))
        .untilAsserted(() -> assertEquals(1, told(answer).size()));
  }

  @Test
  void repeatsAtOnceHaveOneEffectInPlainSql() throws Exception {
    NoteView note = member.writeNote(write());
    CountUpRequest request =
        CountUpRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setNoteId(note.getNoteId())
            .build();
    Set<NoteView> answers = atOnce(() -> member.countUp(request));
    assertEquals(1, answers.size());
    assertEquals(1, answers.iterator().next().getCount());
    assertEquals(1, count(note));
  }

  @Test
  void differentRequestsAtOnceAllCount() throws Exception {
    NoteView note = member.writeNote(write());
    atOnce(
        () ->
            member.countUp(
                CountUpRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setNoteId(note.getNoteId())
                    .build()));
    assertEquals(AT_ONCE, count(note));
  }

  private int count(NoteView note) {
    return member
        .getNote(GetNoteRequest.newBuilder().setNoteId(note.getNoteId()).build())
        .getCount();
  }

  private List<NoteWritten> told(NoteView note) {
    return events.of(NoteWritten.class, "notes").stream()
        .filter(event -> event.getNoteId().equals(note.getNoteId()))
        .toList();
  }

  private long notes(String text) {
    return pool.preparedQuery("SELECT COUNT(*) FROM note WHERE text = ?")
        .execute(SqlParams.tuple(text))
        .await()
        .atMost(Duration.ofSeconds(5))
        .iterator()
        .next()
        .getLong(0);
  }

  private static <T> Set<T> atOnce(Callable<T> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<T>> calls = IntStream.range(0, AT_ONCE).mapToObj(i -> call).toList();
      Set<T> answers = new HashSet<>();
      for (Future<T> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdown();
      assertTrue(threads.isShutdown());
    }
  }

  private static String reason(org.junit.jupiter.api.function.Executable call) {
    return RemoteErrors.from(assertThrows(StatusRuntimeException.class, call)).reason();
  }

  private static WriteNoteRequest write() {
    return WriteNoteRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setText("note " + UUID.randomUUID())
        .setPriceFen(1)
        .build();
  }
}
