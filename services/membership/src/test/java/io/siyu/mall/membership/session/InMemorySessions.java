package io.siyu.mall.membership.session;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions in maps. */
final class InMemorySessions implements Sessions {

  final Map<SessionId, MemberSession> sessions = new HashMap<>();
  final Map<String, RefreshToken> tokens = new HashMap<>();
  final List<SignedInEvent> events = new ArrayList<>();

  @Override
  public Uni<Void> add(MemberSession session, RefreshToken token, SignedInEvent event) {
    sessions.put(session.sessionId(), session);
    events.add(event);
    return add(token);
  }

  @Override
  public Uni<Void> add(RefreshToken token) {
    tokens.put(token.hash(), token);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Optional<RefreshToken>> token(String hash) {
    return Uni.createFrom().item(Optional.ofNullable(tokens.get(hash)));
  }

  @Override
  public Uni<MemberSession> lock(SessionId id) {
    return Uni.createFrom().item(sessions.get(id));
  }

  @Override
  public Uni<List<MemberSession>> overdue(Instant now, int limit) {
    return Uni.createFrom()
        .item(
            sessions.values().stream()
                .filter(s -> s.state() == SessionState.ACTIVE && !now.isBefore(s.expiresAt()))
                .limit(limit)
                .toList());
  }

  @Override
  public Uni<Void> forgetTokens(Instant before, int limit) {
    return Uni.createFrom().voidItem();
  }
}
