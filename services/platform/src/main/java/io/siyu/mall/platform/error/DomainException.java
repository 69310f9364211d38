package io.siyu.mall.platform.error;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A refusal that the caller can understand: a kind, a stable reason in UPPER_SNAKE, and a message.
 * It is an expected answer, so it carries no stack trace and is not logged as an error. Never put a
 * phone, name, token or cost price into the message or the metadata: both leave the platform.
 */
public final class DomainException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The reason of a request whose fields are wrong. */
  public static final String INVALID_ARGUMENT = "INVALID_ARGUMENT";

  private final Kind kind;
  private final String reason;
  private final transient Map<String, String> metadata = new LinkedHashMap<>();
  private final transient List<Violation> violations = new ArrayList<>();

  /**
   * @param reason stable code, UPPER_SNAKE, for example {@code OUT_OF_STOCK}
   * @param message for a developer, English
   */
  public DomainException(Kind kind, String reason, String message) {
    super(message, null, false, false);
    this.kind = Objects.requireNonNull(kind);
    this.reason = Objects.requireNonNull(reason);
  }

  /** One field is wrong. */
  public static DomainException invalid(String field, String message) {
    return new DomainException(Kind.INVALID_ARGUMENT, INVALID_ARGUMENT, field + " " + message)
        .violation(field, message);
  }

  /** There is none, or none that the caller may see. */
  public static DomainException notFound(String reason, String message) {
    return new DomainException(Kind.NOT_FOUND, reason, message);
  }

  /** Not in the state it is in. */
  public static DomainException precondition(String reason, String message) {
    return new DomainException(Kind.FAILED_PRECONDITION, reason, message);
  }

  /** Adds a fact for machines, such as {@code from}/{@code to}; returns this. */
  public DomainException with(String key, Object value) {
    metadata.put(key, String.valueOf(value));
    return this;
  }

  /** Adds a field violation; returns this. */
  public DomainException violation(String field, String message) {
    violations.add(new Violation(field, message));
    return this;
  }

  public Kind kind() {
    return kind;
  }

  public String reason() {
    return reason;
  }

  public Map<String, String> metadata() {
    return Map.copyOf(metadata);
  }

  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  @Override
  public String toString() {
    return kind + " " + reason + ": " + getMessage();
  }
}
