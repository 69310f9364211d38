package io.siyu.mall.sandbox.control;

/**
 * One thing that goes wrong with one operation.
 *
 * @param id names it in the control API
 * @param operation an operation's name, or a prefix ending in {@code .*}
 * @param remaining how many more times, or null for until it is reset
 * @param delayMillis for {@code DELAY}
 * @param status HTTP status for {@code FAIL}
 * @param code the platform's error code for {@code FAIL}
 * @param message the platform's words for {@code FAIL}
 * @param amountFen for {@code WRONG_AMOUNT}: what the notification claims, in fen; null for one fen
 *     more than the truth
 */
public record Misbehaviour(
    String id,
    String operation,
    Kind kind,
    Integer remaining,
    Long delayMillis,
    Integer status,
    String code,
    String message,
    Long amountFen) {

  /** What goes wrong. */
  public enum Kind {
    /** Later than usual. */
    DELAY,
    /** Refused with the given status and code, without effect. */
    FAIL,
    /** The effect takes place, then the connection breaks without an answer. */
    DROP,
    /** The effect takes place, the answer is not JSON. */
    NONSENSE,
    /**
     * An answer signed by a stranger; a notification is preceded by a copy signed by a stranger.
     */
    FORGED,
    /**
     * An answer signed ten minutes ago; a notification is preceded by a copy signed ten minutes
     * ago.
     */
    STALE,
    /** The notification is never sent. */
    LOST,
    /** The notification is sent twice, at the same time. */
    DOUBLED,
    /** The notification waits until the next one of any kind has been answered. */
    REORDERED,
    /** The notification is preceded by a rightly signed one that names another amount. */
    WRONG_AMOUNT,
    /** The notification is preceded by the platform's probe of signature checking. */
    SIGNTEST
  }

  boolean concerns(String name) {
    return operation.endsWith(".*")
        ? name.startsWith(operation.substring(0, operation.length() - 1))
        : name.equals(operation);
  }

  Misbehaviour once() {
    return remaining == null
        ? this
        : new Misbehaviour(
            id, operation, kind, remaining - 1, delayMillis, status, code, message, amountFen);
  }
}
