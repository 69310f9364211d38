package io.siyu.mall.platform.notes;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.inbox.EventHandlers;
import io.siyu.mall.platform.notes.v1.NoteBurnt;
import io.siyu.mall.platform.notes.v1.NoteCounted;
import io.siyu.mall.platform.notes.v1.NoteWritten;
import io.siyu.mall.platform.outbox.Subscriptions;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What the test application sends, and what it does with what it is sent. */
@ApplicationScoped
public class NoteEvents {

  /** While set, a handler refuses the events of the note. */
  static final AtomicBoolean REFUSE = new AtomicBoolean();

  /** So many times more, a handler fails in an unforeseen way after it has written. */
  static final AtomicInteger BREAK = new AtomicInteger();

  @Produces
  @Singleton
  Subscriptions subscriptions() {
    return Subscriptions.start()
        .send(NoteWritten.class, "notes", "others")
        .send(NoteCounted.class, "notes")
        .send(NoteBurnt.class, "notes")
        .build();
  }

  @Produces
  @Singleton
  EventHandlers handlers() {
    return EventHandlers.start()
        .on(NoteWritten.class, this::written)
        .onSql(NoteCounted.class, this::counted);
  }

  private Uni<Void> written(Event event, NoteWritten payload, SqlTransaction tx) {
    return effect(tx, payload.getNoteId(), "written")
        .invoke(
            () -> {
              if (REFUSE.get()) {
                throw DomainException.precondition("NOT_LIKED", "refused for a test");
              }
              if (BREAK.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new IllegalStateException("broken for a test");
              }
            });
  }

  private Uni<Void> counted(Event event, NoteCounted payload, SqlConnection sql) {
    return effect(SqlTransaction.of(sql), payload.getNoteId(), "counted " + payload.getCount());
  }

  private static Uni<Void> effect(SqlTransaction tx, String noteId, String what) {
    return tx.execute(
            "INSERT INTO effect (id, note_id, what) VALUES (?, ?, ?)",
            Ids.next(),
            UUID.fromString(noteId),
            what)
        .replaceWithVoid();
  }
}
