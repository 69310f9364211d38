package io.siyu.mall.platform.paging;

import io.siyu.mall.platform.error.DomainException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Keyset page tokens: the sort key of the last entry of a page, opaque to the caller. They are not
 * secret and not signed: a query checks ownership itself, with a token or without.
 */
public final class PageTokens {

  private static final String SEPARATOR = "\u001f";
  private static final int MAX_LENGTH = 1_000;

  private PageTokens() {}

  /** A token of the key's parts (texts, numbers, UUIDs, instants), in the order of the sort. */
  public static String encode(Object... parts) {
    List<String> texts = new ArrayList<>(parts.length);
    for (Object part : parts) {
      String text = String.valueOf(part);
      if (text.contains(SEPARATOR)) {
        throw new IllegalArgumentException("a page key must not hold a unit separator");
      }
      texts.add(text);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, texts).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key's parts.
   *
   * @param parts how many parts the query's key has
   * @return null for an empty token: the first page
   * @throws DomainException INVALID_ARGUMENT on page_token when it is not of that form
   */
  public static PageKey decode(String token, int parts) {
    if (token == null || token.isEmpty()) {
      return null;
    }
    if (token.length() > MAX_LENGTH) {
      throw invalid();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] values = text.split(SEPARATOR, -1);
      if (values.length == parts) {
        return new PageKey(List.of(values));
      }
    } catch (IllegalArgumentException e) {
      // no Base64: the same answer as for a wrong number of parts
    }
    throw invalid();
  }

  private static DomainException invalid() {
    return DomainException.invalid("page_token", "is not one that this list has returned");
  }

  /** The parts of a token, read by position. A part of another type is refused as a bad token. */
  public record PageKey(List<String> parts) {

    public String text(int index) {
      return parts.get(index);
    }

    public long number(int index) {
      try {
        return Long.parseLong(parts.get(index));
      } catch (NumberFormatException e) {
        throw invalid();
      }
    }

    public UUID uuid(int index) {
      try {
        return UUID.fromString(parts.get(index));
      } catch (IllegalArgumentException e) {
        throw invalid();
      }
    }

    public Instant instant(int index) {
      try {
        return Instant.parse(parts.get(index));
      } catch (DateTimeException e) {
        throw invalid();
      }
    }
  }
}
