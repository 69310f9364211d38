package io.siyu.mall.membership.session;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.outbox.Outbox;
import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions in the database; the event is written in the transaction of the sign-in. */
@ApplicationScoped
public class HibernateSessions implements Sessions {

  private final Outbox outbox;

  @Inject
  HibernateSessions(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Uni<Void> add(MemberSession session, RefreshToken token, SignedInEvent event) {
    OutgoingEvent told =
        OutgoingEvent.of("member", event.member().value(), SessionProto.event(event));
    return Panache.getSession()
        .flatMap(
            hibernate ->
                hibernate
                    .persistAll(session, token)
                    .chain(() -> outbox.add(SqlTransaction.of(hibernate), List.of(told))));
  }

  @Override
  public Uni<Void> add(RefreshToken token) {
    return Panache.getSession().flatMap(hibernate -> hibernate.persist(token));
  }

  @Override
  public Uni<Optional<RefreshToken>> token(String hash) {
    return Panache.getSession()
        .flatMap(hibernate -> hibernate.find(RefreshToken.class, hash))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<MemberSession> lock(SessionId id) {
    return Panache.getSession()
        .flatMap(
            hibernate ->
                hibernate.find(MemberSession.class, id.value(), LockModeType.PESSIMISTIC_WRITE));
  }

  @Override
  public Uni<List<MemberSession>> overdue(Instant now, int limit) {
    return Panache.getSession()
        .flatMap(
            hibernate ->
                hibernate
                    .createSelectionQuery(
                        "from MemberSession s where s.state = :active and s.expiresAt <= :now"
                            + " order by s.expiresAt",
                        MemberSession.class)
                    .setParameter("active", SessionState.ACTIVE)
                    .setParameter("now", now)
                    .setMaxResults(limit)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList());
  }

  @Override
  public Uni<Void> forgetTokens(Instant before, int limit) {
    return Panache.getSession()
        .flatMap(
            hibernate ->
                SqlTransaction.of(hibernate)
                    .execute(
                        "DELETE FROM refresh_tokens WHERE issued_at < ? LIMIT " + limit, before))
        .replaceWithVoid();
  }
}
