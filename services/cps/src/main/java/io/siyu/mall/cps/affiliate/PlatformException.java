package io.siyu.mall.cps.affiliate;

/** A platform did not do what it was asked. */
public final class PlatformException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What to make of it. */
  public enum Kind {
    /** Too many calls: ask more slowly. */
    THROTTLED,
    /** Not there, too slow, or talking nonsense: ask again later. */
    UNAVAILABLE,
    /** The request itself is wrong: asking again changes nothing. */
    REFUSED
  }

  private final Kind kind;
  private final String code;

  /**
   * @param code the platform's own, for logs
   */
  public PlatformException(Kind kind, String code, String message) {
    super(code + ": " + message, null, false, false);
    this.kind = kind;
    this.code = code;
  }

  public Kind kind() {
    return kind;
  }

  public String code() {
    return code;
  }

  /** Whether asking again can help. */
  public boolean canBeTriedAgain() {
    return kind != Kind.REFUSED;
  }
}
