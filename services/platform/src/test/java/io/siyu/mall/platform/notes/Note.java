package io.siyu.mall.platform.notes;

import io.siyu.mall.platform.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** An aggregate of the test application, written as a service's are. */
@Entity
public class Note {

  @Id private UUID id;
  @Version private int version;
  private String text;
  private Money price;

  @Column(name = "count_up")
  private int count;

  @Enumerated(EnumType.STRING)
  private NoteState state;

  @Column(name = "written_at")
  private Instant writtenAt;

  protected Note() {}

  Note(UUID id, String text, Money price, Instant now) {
    this.id = id;
    this.text = text;
    this.price = price;
    this.state = NoteState.DRAFT;
    this.writtenAt = now;
    moveTo(NoteState.WRITTEN);
  }

  void countUp() {
    count++;
  }

  void burn() {
    moveTo(NoteState.BURNT);
  }

  private void moveTo(NoteState next) {
    NoteState.TABLE.check(state, next);
    state = next;
  }

  public UUID id() {
    return id;
  }

  public int version() {
    return version;
  }

  public String text() {
    return text;
  }

  public Money price() {
    return price;
  }

  public int count() {
    return count;
  }

  public NoteState state() {
    return state;
  }

  public Instant writtenAt() {
    return writtenAt;
  }
}
