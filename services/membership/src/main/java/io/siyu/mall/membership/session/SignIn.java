package io.siyu.mall.membership.session;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.membership.member.Identity;
import io.siyu.mall.membership.member.IdentityKey;
import io.siyu.mall.membership.member.Member;
import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.member.Members;
import io.siyu.mall.membership.wechat.WeChatPerson;
import io.siyu.mall.platform.id.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Signs a person in whom WeChat has named: finds the member by unionid or openid, or registers one;
 * keeps every new name; opens a session; tells that it happened.
 */
@ApplicationScoped
public class SignIn {

  private final Members members;
  private final Sessions sessions;
  private final SessionPolicy policy;
  private final Clock business;
  private final RealClock real;

  @Inject
  SignIn(Members members, Sessions sessions, SessionConfig config, Clock business, RealClock real) {
    this.members = members;
    this.sessions = sessions;
    this.policy = config.policy();
    this.business = business;
    this.real = real;
  }

  /**
   * Opens a session in one transaction. Of two first sign-ins of one person at once, one fails with
   * the database's duplicate key error; asked again, it finds the member.
   */
  @WithTransaction
  public Uni<OpenSession> signIn(WeChatPerson person, SignInWish wish) {
    List<IdentityKey> keys = keys(person);
    return members
        .identities(keys)
        .flatMap(
            known ->
                known.isEmpty()
                    ? register(keys).flatMap(member -> open(member, true, person, wish))
                    : recognise(keys, known).flatMap(member -> open(member, false, person, wish)));
  }

  private Uni<MemberId> register(List<IdentityKey> keys) {
    Instant now = business.instant();
    Member member = Member.register(MemberId.next(), now);
    return members
        .add(member)
        .chain(() -> learn(member.memberId(), keys, now))
        .replaceWith(member.memberId());
  }

  /**
   * The member whom the names belong to. Should they belong to two, because the unionid became
   * known in another channel first, it is the one of the mini-program, and the names stay where
   * they are.
   */
  private Uni<MemberId> recognise(List<IdentityKey> keys, List<Identity> known) {
    Set<IdentityKey> unknown = new HashSet<>(keys);
    known.forEach(identity -> unknown.remove(identity.key()));
    MemberId named =
        known.stream()
            .max(Comparator.comparing(identity -> identity.key().kind()))
            .orElseThrow()
            .memberId();
    return members
        .lock(named)
        // Merged at this very moment, after the names were read.
        .map(found -> found.flatMap(Member::mergedInto).orElse(named))
        .call(member -> learn(member, unknown, business.instant()));
  }

  private Uni<Void> learn(MemberId member, Iterable<IdentityKey> keys, Instant now) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (IdentityKey key : keys) {
      done = done.chain(() -> members.add(new Identity(Ids.next(), member, key, now)));
    }
    return done;
  }

  private Uni<OpenSession> open(
      MemberId member, boolean registered, WeChatPerson person, SignInWish wish) {
    Instant now = real.instant();
    MemberSession session =
        MemberSession.open(SessionId.next(), member, person.openid(), wish.device(), policy, now);
    RefreshSecret secret = RefreshSecret.next();
    SignedInEvent event =
        new SignedInEvent(
            member,
            registered,
            wish.touchId(),
            wish.anonymousId(),
            wish.inviteCode(),
            business.instant());
    return sessions
        .add(session, new RefreshToken(secret, session, now), event)
        .chain(() -> members.view(member))
        .map(view -> new OpenSession(view, session.sessionId(), secret, registered));
  }

  private static List<IdentityKey> keys(WeChatPerson person) {
    List<IdentityKey> keys = new ArrayList<>();
    if (!person.unionid().isEmpty()) {
      keys.add(IdentityKey.unionid(person.unionid()));
    }
    keys.add(IdentityKey.openid(person.appId(), person.openid()));
    return keys;
  }
}
