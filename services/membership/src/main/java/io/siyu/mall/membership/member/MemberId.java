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

  /** Reads one that came in the named field of a request. */
  public static MemberId parse(String field, String text) {
    return new MemberId(Ids.parse(field, text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
