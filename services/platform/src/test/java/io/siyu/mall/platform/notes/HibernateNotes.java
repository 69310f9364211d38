package io.siyu.mall.platform.notes;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.outbox.Outbox;
import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The adapter: aggregate and events in one transaction. */
@ApplicationScoped
public class HibernateNotes {

  private final Outbox outbox;

  HibernateNotes(Outbox outbox) {
    this.outbox = outbox;
  }

  Uni<Note> get(UUID id) {
    return Panache.getSession()
        .chain(session -> session.find(Note.class, id))
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound("NOTE_NOT_FOUND", "no such note"));
  }

  Uni<Void> save(Note note, List<OutgoingEvent> events) {
    return Panache.getSession()
        .chain(
            session ->
                (session.contains(note) ? Uni.createFrom().voidItem() : session.persist(note))
                    .chain(() -> outbox.add(SqlTransaction.of(session), events)));
  }
}
