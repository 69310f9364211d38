package io.siyu.mall.platform.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.Inserts;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.notes.v1.NoteView;
import io.siyu.mall.platform.notes.v1.NoteWritten;
import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.siyu.mall.platform.sql.NewRows;
import io.siyu.mall.platform.sql.NewRows.Into;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.RecordedEvents;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Requests that only insert, sharing transactions. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class GroupedInsertsTest {

  private static final int AT_ONCE = 100;
  private static final Into NOTE =
      Into.of("note", "id", "version", "text", "price", "count_up", "state", "written_at");

  private final List<UUID> undone = new CopyOnWriteArrayList<>();

  @Inject Idempotency idempotency;
  @Inject Jobs jobs;
  @Inject Pool pool;
  @Inject RecordedEvents events;

  @Test
  void manyAtOnceAreAllWrittenWithTheirEvents() {
    String batch = UUID.randomUUID().toString();
    List<NoteView> answers =
        IntStream.range(0, AT_ONCE).mapToObj(i -> write(key(), batch + " " + i)).toList().stream()
            .map(CompletableFuture::join)
            .toList();
    assertEquals(AT_ONCE, notes(batch));
    Set<String> ids = answers.stream().map(NoteView::getNoteId).collect(Collectors.toSet());
    assertEquals(AT_ONCE, ids.size());
    Awaitility.await()
        .untilAsserted(
            () ->
                assertEquals(
                    AT_ONCE,
                    events.of(NoteWritten.class, "notes").stream()
                        .filter(event -> ids.contains(event.getNoteId()))
                        .count()));
  }

  @Test
  void repeatsAtOnceHaveOneEffectAndOneAnswer() {
    RequestKey key = key();
    String text = UUID.randomUUID().toString();
    Set<NoteView> answers =
        IntStream.range(0, AT_ONCE).mapToObj(i -> write(key, text)).toList().stream()
            .map(CompletableFuture::join)
            .collect(Collectors.toSet());
    assertEquals(1, answers.size());
    assertEquals(1, notes(text));
    assertEquals(answers, Set.of(write(key, text).join()));
  }

  @Test
  void whatIsStoredIsNotUndoneThoughARepeatFails() {
    RequestKey key = key();
    String text = UUID.randomUUID().toString();
    List<CompletableFuture<NoteView>> same =
        IntStream.range(0, AT_ONCE).mapToObj(i -> write(key, text)).toList();
    same.forEach(CompletableFuture::join);
    assertEquals(List.of(), undone);
  }

  @Test
  void oneThatCannotBeWrittenFailsAloneAndLeavesNothing() {
    String batch = UUID.randomUUID().toString();
    write(key(), batch + " 7").join();
    List<CompletableFuture<NoteView>> answers =
        IntStream.range(0, AT_ONCE).mapToObj(i -> write(key(), batch + " " + i)).toList();
    List<Throwable> failures =
        answers.stream()
            .map(answer -> answer.handle((done, failure) -> failure).join())
            .filter(failure -> failure != null)
            .toList();
    assertEquals(1, failures.size(), failures::toString);
    assertTrue(DatabaseErrors.isDuplicateKey(failures.get(0)), failures::toString);
    assertTrue(DatabaseErrors.isRefused(failures.get(0)), failures::toString);
    assertEquals(AT_ONCE, notes(batch));
    assertEquals(1, undone.size(), "what was prepared for it, and nothing else, is undone");
  }

  private CompletableFuture<NoteView> write(RequestKey key, String text) {
    return jobs.run(
            () ->
                idempotency.onceInserting(
                    key,
                    NoteView.parser(),
                    () -> Uni.createFrom().item(Ids.next()),
                    (id, write) -> write.apply(inserts(id, text)),
                    (id, failure) -> Uni.createFrom().voidItem().invoke(() -> undone.add(id))))
        .subscribeAsCompletionStage();
  }

  private static Inserts<NoteView> inserts(UUID id, String text) {
    return new Inserts<>(
        NoteView.newBuilder().setNoteId(id.toString()).setText(text).build(),
        new NewRows()
            .add(
                NOTE,
                id,
                0L,
                text,
                Money.fen(1),
                0L,
                NoteState.WRITTEN,
                Instant.parse("2026-11-22T00:00:00Z")),
        List.of(
            OutgoingEvent.of(
                "note", id, NoteWritten.newBuilder().setNoteId(id.toString()).build())));
  }

  private static RequestKey key() {
    return new RequestKey(
        "MEMBER:" + UUID.randomUUID(), "notes.Insert", UUID.randomUUID().toString(), new byte[32]);
  }

  private long notes(String prefix) {
    return pool.preparedQuery("SELECT COUNT(*) FROM note WHERE text LIKE ?")
        .execute(SqlParams.tuple(prefix + "%"))
        .await()
        .atMost(Duration.ofSeconds(5))
        .iterator()
        .next()
        .getLong(0);
  }
}
