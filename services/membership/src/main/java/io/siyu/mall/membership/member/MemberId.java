package io.siyu.mall.membership.member;

import io.siyu.mall.platform.id.Ids;
import java.util.Objects;
import java.util.UUID;

/** The id of a member. */
public record MemberId(UUID value) {

  public MemberId {
    Objects.requireNonNull(value);
  }

  /** A new one. */
  public static MemberId next() {
    return new MemberId(Ids.next());
  }

  /** Reads the 32 digits that HEX makes of the column. */
  static MemberId ofHex(String digits) {
    return new MemberId(
        new UUID(
            Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16)));
  }

  /** Reads one that came in the named field of a request. */
  public static MemberId parse(String field, String text) {
    return new MemberId(Ids.parse(field, text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
