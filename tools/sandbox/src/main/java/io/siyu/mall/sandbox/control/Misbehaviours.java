package io.siyu.mall.sandbox.control;

import io.siyu.mall.sandbox.control.Misbehaviour.Kind;
import io.siyu.mall.sandbox.http.Refusal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What is to go wrong, by operation. */
public final class Misbehaviours {
  private static final Set<Kind> OF_REQUESTS =
      EnumSet.of(Kind.DELAY, Kind.FAIL, Kind.DROP, Kind.NONSENSE);
  private static final Set<Kind> OF_SIGNED_REQUESTS =
      EnumSet.of(Kind.DELAY, Kind.FAIL, Kind.DROP, Kind.NONSENSE, Kind.FORGED, Kind.STALE);
  private static final Set<Kind> OF_NOTIFICATIONS =
      EnumSet.of(
          Kind.DELAY,
          Kind.LOST,
          Kind.DOUBLED,
          Kind.REORDERED,
          Kind.FORGED,
          Kind.STALE,
          Kind.WRONG_AMOUNT,
          Kind.SIGNTEST);
  private static final Set<Kind> OF_RESULTS = EnumSet.of(Kind.DELAY, Kind.FAIL);

  private final Map<String, Set<Kind>> operations = new TreeMap<>();
  private final List<Misbehaviour> active = new ArrayList<>();

  /**
   * Makes a request's operation known.
   *
   * @param signed whether its answers are signed
   */
  public synchronized void declareRequest(String operation, boolean signed) {
    operations.put(operation, signed ? OF_SIGNED_REQUESTS : OF_REQUESTS);
  }

  /** Makes a notification's operation known. */
  public synchronized void declareNotification(String operation) {
    operations.put(operation, OF_NOTIFICATIONS);
  }

  /**
   * Makes known what the platform decides by itself some time after a request, such as the outcome
   * of a refund; {@code FAIL} names the outcome by its code.
   */
  public synchronized void declareResult(String operation) {
    operations.put(operation, OF_RESULTS);
  }

  /** Makes known what the platform may take its time over after it has answered. */
  public synchronized void declareDelay(String operation) {
    operations.put(operation, EnumSet.of(Kind.DELAY));
  }

  /** The operations and what can go wrong with each. */
  public synchronized Map<String, Set<Kind>> operations() {
    return new TreeMap<>(operations);
  }

  /**
   * Puts a misbehaviour into force.
   *
   * @throws Refusal 400 if no operation of that name can go wrong in that way
   */
  public synchronized Misbehaviour add(Misbehaviour wanted) {
    if (wanted.operation() == null || wanted.kind() == null) {
      throw new Refusal(400, "INVALID", "operation and kind are needed");
    }
    boolean known =
        operations.entrySet().stream()
            .anyMatch(e -> wanted.concerns(e.getKey()) && e.getValue().contains(wanted.kind()));
    if (!known) {
      throw new Refusal(
          400,
          "INVALID",
          wanted.operation() + " cannot have " + wanted.kind() + "; there is " + operations);
    }
    if (wanted.remaining() != null && wanted.remaining() < 1) {
      throw new Refusal(400, "INVALID", "remaining must be at least 1, or absent");
    }
    if (wanted.kind() == Kind.DELAY && (wanted.delayMillis() == null || wanted.delayMillis() < 1)) {
      throw new Refusal(400, "INVALID", "DELAY needs delayMillis");
    }
    Misbehaviour complete =
        new Misbehaviour(
            UUID.randomUUID().toString(),
            wanted.operation(),
            wanted.kind(),
            wanted.remaining(),
            wanted.delayMillis(),
            wanted.status() == null ? Integer.valueOf(500) : wanted.status(),
            wanted.code() == null ? "SYSTEM_ERROR" : wanted.code(),
            wanted.message() == null ? "系统异常，请稍后重试" : wanted.message(),
            wanted.amountFen());
    active.add(complete);
    return complete;
  }

  /** Those in force, oldest first. */
  public synchronized List<Misbehaviour> active() {
    return List.copyOf(active);
  }

  /** Ends them all. */
  public synchronized void reset() {
    active.clear();
  }

  /** What acts on the next call of the operation; counts it against those that are limited. */
  public synchronized Spell next(String operation) {
    if (operation == null || active.isEmpty()) {
      return Spell.NONE;
    }
    List<Misbehaviour> acting = new ArrayList<>();
    Set<Kind> possible = operations.getOrDefault(operation, Set.of());
    for (int i = 0; i < active.size(); i++) {
      Misbehaviour candidate = active.get(i);
      if (candidate.concerns(operation) && possible.contains(candidate.kind())) {
        acting.add(candidate);
        active.set(i, candidate.once());
      }
    }
    active.removeIf(m -> m.remaining() != null && m.remaining() == 0);
    return new Spell(acting);
  }
}
