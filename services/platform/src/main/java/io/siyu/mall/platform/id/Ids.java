package io.siyu.mall.platform.id;

import com.github.f4b6a3.uuid.UuidCreator;
import io.siyu.mall.platform.error.DomainException;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Ids of aggregates and rows: UUIDs of RFC 9562 version 7, so that new rows go to the end of an
 * index; stored as BINARY(16).
 */
public final class Ids {

  private static final HexFormat HEX = HexFormat.of();
  private static final int BYTES = 16;
  private static final int TEXT_LENGTH = 36;

  private Ids() {}

  /** A new time-ordered id; ids made by one process grow. */
  public static UUID next() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  /** The 32 hexadecimal digits of an id, as UNHEX wants them. */
  public static String hex(UUID id) {
    return HEX.toHexDigits(id.getMostSignificantBits())
        + HEX.toHexDigits(id.getLeastSignificantBits());
  }

  /** The value to bind to a BINARY(16) parameter of the SQL client. Null stays null. */
  public static Buffer buffer(UUID id) {
    return id == null
        ? null
        : Buffer.buffer(BYTES)
            .appendLong(id.getMostSignificantBits())
            .appendLong(id.getLeastSignificantBits());
  }

  /** The id in a BINARY(16) column read by the SQL client. Null stays null. */
  public static UUID uuid(Buffer bytes) {
    return bytes == null ? null : new UUID(bytes.getLong(0), bytes.getLong(Long.BYTES));
  }

  /**
   * Reads an id that came from outside.
   *
   * @param field the request's field, named in the violation
   * @throws DomainException INVALID_ARGUMENT when it is empty or no UUID in the usual 36 characters
   */
  public static UUID parse(String field, String text) {
    if (text != null && text.length() == TEXT_LENGTH) {
      try {
        UUID id = UUID.fromString(text);
        if (id.toString().equalsIgnoreCase(text)) {
          return id;
        }
      } catch (IllegalArgumentException e) {
        // falls through to the one answer for everything that is no id
      }
    }
    throw DomainException.invalid(field, "must be a UUID");
  }

  /**
   * Ids of a list, in its order.
   *
   * @throws DomainException INVALID_ARGUMENT that names the first that is none, as {@code field[2]}
   */
  public static List<UUID> parseAll(String field, List<String> texts) {
    return IntStream.range(0, texts.size())
        .mapToObj(i -> parse(field + "[" + i + "]", texts.get(i)))
        .toList();
  }

  /** As {@link #parse}, but null for an empty text. */
  public static UUID parseOptional(String field, String text) {
    return text == null || text.isEmpty() ? null : parse(field, text);
  }
}
