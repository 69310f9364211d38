package io.siyu.mall.membership.session;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.membership.member.Members;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/** Keeps sessions going, and ends them. */
@ApplicationScoped
public class SessionCommands {

  private final Sessions sessions;
  private final Members members;
  private final SessionPolicy policy;
  private final RealClock clock;

  @Inject
  SessionCommands(Sessions sessions, Members members, SessionConfig config, RealClock clock) {
    this.sessions = sessions;
    this.members = members;
    this.policy = config.policy();
    this.clock = clock;
  }

  /**
   * Uses the token up and gives the next one out.
   *
   * @return fails with UNAUTHENTICATED {@link RefreshSecret#UNKNOWN}, {@link MemberSession#ENDED},
   *     or {@link MemberSession#REUSED}; after the last the caller must {@link #revoke}
   */
  @WithTransaction
  public Uni<OpenSession> refresh(RefreshSecret presented) {
    return sessions
        .token(presented.hash())
        .map(found -> found.orElseThrow(RefreshSecret::unknown))
        .flatMap(token -> sessions.lock(token.sessionId()).flatMap(s -> rotate(s, token)));
  }

  /**
   * Checks that a token that was given out still works, before it is given out once more.
   *
   * @return fails as {@link #refresh} would
   */
  @WithTransaction
  public Uni<Void> requireCurrent(RefreshSecret given) {
    Instant now = clock.instant();
    return sessions
        .token(given.hash())
        .map(found -> found.orElseThrow(RefreshSecret::unknown))
        .flatMap(
            token ->
                sessions
                    .lock(token.sessionId())
                    .invoke(session -> session.requireCurrent(token.generation(), now)))
        .replaceWithVoid();
  }

  /** The member signs out on this device. A token that is none, or ended already, is no failure. */
  @WithTransaction
  public Uni<Void> signOut(RefreshSecret presented) {
    return end(presented, MemberSession::signOut);
  }

  /** Ends the whole family of a token that somebody else may have. */
  @WithTransaction
  public Uni<Void> revoke(RefreshSecret presented) {
    return end(presented, MemberSession::revoke);
  }

  /**
   * Ends some sessions whose time is over, and forgets some tokens that no living session can have.
   *
   * @return how many sessions were ended
   */
  @WithTransaction
  public Uni<Integer> expireSome(int limit) {
    Instant now = clock.instant();
    return sessions
        .overdue(now, limit)
        .invoke(overdue -> overdue.forEach(session -> session.expire(now)))
        .call(() -> sessions.forgetTokens(now.minus(policy.absolute()), limit))
        .map(List::size);
  }

  private Uni<OpenSession> rotate(MemberSession session, RefreshToken token) {
    Instant now = clock.instant();
    session.rotate(token.generation(), policy, now);
    RefreshSecret next = RefreshSecret.next();
    return sessions
        .add(new RefreshToken(next, session, now))
        .chain(() -> members.view(session.memberId()))
        .map(member -> new OpenSession(member, session.sessionId(), next, false));
  }

  private Uni<Void> end(RefreshSecret presented, BiConsumer<MemberSession, Instant> how) {
    return sessions
        .token(presented.hash())
        .flatMap(
            found ->
                found
                    .map(
                        token ->
                            sessions
                                .lock(token.sessionId())
                                .invoke(session -> how.accept(session, clock.instant()))
                                .replaceWithVoid())
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }
}
