package io.siyu.mall.platform.error;

import io.siyu.mall.text.Reading;
import io.siyu.mall.text.TextType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Collects everything that is wrong with a request and reports it at once.
 *
 * <pre>{@code
 * Validation.start()
 *     .required(TextType.PRODUCT_TITLE, "title", request.getTitle())
 *     .range("quantity", request.getQuantity(), 1, 999)
 *     .check();
 * }</pre>
 */
public final class Validation {

  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private final List<Violation> violations = new ArrayList<>();

  private Validation() {}

  public static Validation start() {
    return new Validation();
  }

  /** Unless {@code holds}, the field is reported with the message. */
  public Validation require(boolean holds, String field, String message) {
    if (!holds) {
      violations.add(new Violation(field, message));
    }
    return this;
  }

  /** Something other than white space must be there. */
  public Validation notBlank(String field, String value) {
    return require(value != null && !value.isBlank(), field, "must not be blank");
  }

  /** A text of that type, in any form that becomes its normal one, must be there. */
  public Validation required(TextType type, String field, String value) {
    return read(field, type.required(value));
  }

  /** A text of that type, in any form that becomes its normal one, or nothing. */
  public Validation optional(TextType type, String field, String value) {
    return read(field, type.optional(value));
  }

  private Validation read(String field, Reading reading) {
    return require(reading.ok(), field, reading.problem());
  }

  /** Both bounds included. */
  public Validation range(String field, long value, long min, long max) {
    return require(
        value >= min && value <= max, field, "must be " + min + " to " + max + ", not " + value);
  }

  public Validation positive(String field, long value) {
    return require(value > 0, field, "must be positive, not " + value);
  }

  /** An id in the usual 36 characters. */
  public Validation uuid(String field, String value) {
    return require(value != null && UUID_TEXT.matcher(value).matches(), field, "must be a UUID");
  }

  /**
   * Ends the collection.
   *
   * @throws DomainException INVALID_ARGUMENT with all violations, when there is any
   */
  public void check() {
    if (violations.isEmpty()) {
      return;
    }
    Violation first = violations.get(0);
    DomainException refusal =
        new DomainException(
            Kind.INVALID_ARGUMENT,
            DomainException.INVALID_ARGUMENT,
            first.field() + " " + first.message());
    violations.forEach(v -> refusal.violation(v.field(), v.message()));
    throw refusal;
  }
}
