package io.siyu.mall.membership.session;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stores sessions and the hashes of their refresh tokens. */
public interface Sessions {

  /** Adds a session, its first token, and what is to be told about it. */
  Uni<Void> add(MemberSession session, RefreshToken token, SignedInEvent event);

  /** Adds the token of a session's new generation. */
  Uni<Void> add(RefreshToken token);

  /** The token with that hash, if it was ever given out. */
  Uni<Optional<RefreshToken>> token(String hash);

  /** The session, locked until the transaction ends. */
  Uni<MemberSession> lock(SessionId id);

  /** Some active sessions whose time is over, locked. */
  Uni<List<MemberSession>> overdue(Instant now, int limit);

  /** Deletes some tokens given out before the instant. */
  Uni<Void> forgetTokens(Instant before, int limit);
}
