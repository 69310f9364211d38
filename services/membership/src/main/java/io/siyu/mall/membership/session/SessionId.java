package io.siyu.mall.membership.session;

import io.siyu.mall.platform.id.Ids;
import java.util.Objects;
import java.util.UUID;

/** The id of a session, which is a family of refresh tokens. */
public record SessionId(UUID value) {

  public SessionId {
    Objects.requireNonNull(value);
  }

  /** A new one. */
  public static SessionId next() {
    return new SessionId(Ids.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
