package io.siyu.mall.sandbox.control;

import io.siyu.mall.sandbox.control.Misbehaviour.Kind;
import io.siyu.mall.sandbox.http.Protocol.Seal;
import io.siyu.mall.sandbox.http.Refusal;
import java.util.List;
import java.util.Optional;

/** The misbehaviours that act on one call or notification. */
public record Spell(List<Misbehaviour> misbehaviours) {
  static final Spell NONE = new Spell(List.of());

  /** Whether one of the kind is among them. */
  public boolean has(Kind kind) {
    return first(kind).isPresent();
  }

  /** The first of the kind. */
  public Optional<Misbehaviour> first(Kind kind) {
    return misbehaviours.stream().filter(m -> m.kind() == kind).findFirst();
  }

  /** The delays together, in milliseconds; 0 for none. */
  public long delayMillis() {
    return misbehaviours.stream()
        .filter(m -> m.kind() == Kind.DELAY)
        .mapToLong(Misbehaviour::delayMillis)
        .sum();
  }

  /** How answers are to be signed. */
  public Seal seal() {
    if (has(Kind.FORGED)) {
      return Seal.FORGED;
    }
    return has(Kind.STALE) ? Seal.STALE : Seal.GENUINE;
  }

  /**
   * @throws Refusal the failure that was asked for, if any
   */
  public void failIfAsked() {
    first(Kind.FAIL)
        .ifPresent(
            m -> {
              throw new Refusal(m.status(), m.code(), m.message());
            });
  }
}
