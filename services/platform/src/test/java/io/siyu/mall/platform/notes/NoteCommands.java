package io.siyu.mall.platform.notes;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.notes.v1.NoteBurnt;
import io.siyu.mall.platform.notes.v1.NoteCounted;
import io.siyu.mall.platform.notes.v1.NoteWritten;
import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Use cases of the test application. */
@ApplicationScoped
public class NoteCommands {

  private final HibernateNotes notes;
  private final Clock clock;

  NoteCommands(HibernateNotes notes, Clock clock) {
    this.notes = notes;
    this.clock = clock;
  }

  @WithTransaction
  public Uni<Note> write(UUID id, String text, Money price) {
    Note note = new Note(id, text, price, clock.instant());
    NoteWritten written = NoteWritten.newBuilder().setNoteId(id.toString()).setText(text).build();
    return notes.save(note, List.of(OutgoingEvent.of("note", id, written))).replaceWith(note);
  }

  /** Counts up several times and tells of each. */
  @WithTransaction
  public Uni<Note> countUp(UUID id, int times) {
    return notes
        .get(id)
        .call(
            note -> {
              List<OutgoingEvent> events = new ArrayList<>();
              for (int i = 0; i < times; i++) {
                note.countUp();
                events.add(
                    OutgoingEvent.of(
                        "note",
                        id,
                        NoteCounted.newBuilder()
                            .setNoteId(id.toString())
                            .setCount(note.count())
                            .build()));
              }
              return notes.save(note, events);
            });
  }

  @WithTransaction
  public Uni<Note> burn(UUID id) {
    return notes
        .get(id)
        .call(
            note -> {
              note.burn();
              NoteBurnt burnt = NoteBurnt.newBuilder().setNoteId(id.toString()).build();
              return notes.save(note, List.of(OutgoingEvent.of("note", id, burnt)));
            });
  }

  @WithTransaction
  public Uni<Note> get(UUID id) {
    return notes.get(id);
  }
}
