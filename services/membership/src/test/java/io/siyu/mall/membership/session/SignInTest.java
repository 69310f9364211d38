package io.siyu.mall.membership.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.membership.member.IdentityKey;
import io.siyu.mall.membership.member.InMemoryMembers;
import io.siyu.mall.membership.wechat.WeChatPerson;
import io.siyu.mall.platform.error.DomainException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignInTest {

  private static final Instant BUSINESS_NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final SignInWish PLAIN = new SignInWish(null, "", "", "");

  private final InMemoryMembers members = new InMemoryMembers();
  private final InMemorySessions sessions = new InMemorySessions();
  private final SessionConfig config = new TestConfig();
  private final SignIn signIn =
      new SignIn(
          members, sessions, config, Clock.fixed(BUSINESS_NOW, ZoneOffset.UTC), new RealClock());
  private final SessionCommands commands =
      new SessionCommands(sessions, members, config, new RealClock());

  @Test
  void whoComesFirstIsRegistered() {
    OpenSession open = signIn(new WeChatPerson("wx1", "open-a", "union-a"));
    assertTrue(open.registered());
    assertEquals(1, members.members.size());
    assertEquals(
        List.of(IdentityKey.unionid("union-a"), IdentityKey.openid("wx1", "open-a")),
        members.identities.stream().map(i -> i.key()).toList());
    assertEquals(BUSINESS_NOW, sessions.events.get(0).at());
    assertTrue(sessions.events.get(0).registered());
  }

  @Test
  void whoComesAgainIsTheSameMember() {
    OpenSession first = signIn(new WeChatPerson("wx1", "open-a", "union-a"));
    OpenSession again = signIn(new WeChatPerson("wx1", "open-a", "union-a"));
    OpenSession elsewhere = signIn(new WeChatPerson("wx2", "open-b", "union-a"));
    OpenSession withoutUnionid = signIn(new WeChatPerson("wx1", "open-a", ""));
    for (OpenSession later : List.of(again, elsewhere, withoutUnionid)) {
      assertEquals(first.member().id(), later.member().id());
      assertFalse(later.registered());
      assertNotEquals(first.secret(), later.secret());
    }
    assertEquals(1, members.members.size());
    assertEquals(3, members.identities.size());
  }

  @Test
  void aUnionidThatBecomesKnownLaterIsLearnt() {
    OpenSession first = signIn(new WeChatPerson("wx1", "open-a", ""));
    signIn(new WeChatPerson("wx1", "open-a", "union-a"));
    OpenSession elsewhere = signIn(new WeChatPerson("wx2", "open-b", "union-a"));
    assertEquals(first.member().id(), elsewhere.member().id());
  }

  @Test
  void namesOfTwoMembersLeadToTheOneOfTheMiniProgramAndAreNotMoved() {
    OpenSession byOpenid = signIn(new WeChatPerson("wx1", "open-a", ""));
    OpenSession byUnionid = signIn(new WeChatPerson("wx2", "open-b", "union-a"));
    assertNotEquals(byOpenid.member().id(), byUnionid.member().id());
    OpenSession both = signIn(new WeChatPerson("wx1", "open-a", "union-a"));
    assertEquals(byOpenid.member().id(), both.member().id());
    assertEquals(3, members.identities.size());
  }

  @Test
  void whatTheVisitorCameByIsTold() {
    UUID touch = UUID.randomUUID();
    signIn
        .signIn(
            new WeChatPerson("wx1", "open-a", ""),
            SignInWish.read(touch.toString(), "anon-1", "INVITE", "iPhone 15"))
        .await()
        .indefinitely();
    SignedInEvent event = sessions.events.get(0);
    assertEquals(touch, event.touchId());
    assertEquals("anon-1", event.anonymousId());
    assertEquals("INVITE", event.inviteCode());
  }

  @Test
  void nonsenseThatComesAlongIsRefused() {
    assertThrows(DomainException.class, () -> SignInWish.read("no-uuid", "", "", ""));
    assertThrows(DomainException.class, () -> SignInWish.read("", "a b", "", ""));
    assertThrows(DomainException.class, () -> SignInWish.read("", "", "x".repeat(33), ""));
    assertThrows(DomainException.class, () -> SignInWish.read("", "", "", "x".repeat(129)));
  }

  @Test
  void refreshingGivesTheNextTokenAndAUsedOneEndsTheFamily() {
    OpenSession open = signIn(new WeChatPerson("wx1", "open-a", ""));
    OpenSession next = commands.refresh(open.secret()).await().indefinitely();
    assertEquals(open.member(), next.member());
    assertEquals(MemberSession.REUSED, refusal(open.secret()));
    commands.revoke(open.secret()).await().indefinitely();
    assertEquals(MemberSession.ENDED, refusal(next.secret()));
    assertEquals(RefreshSecret.UNKNOWN, refusal(RefreshSecret.next()));
  }

  @Test
  void signingOutEndsThisSessionOnlyAndNeverFails() {
    OpenSession phone = signIn(new WeChatPerson("wx1", "open-a", ""));
    OpenSession tablet = signIn(new WeChatPerson("wx1", "open-a", ""));
    commands.signOut(phone.secret()).await().indefinitely();
    commands.signOut(phone.secret()).await().indefinitely();
    commands.signOut(RefreshSecret.next()).await().indefinitely();
    assertEquals(MemberSession.ENDED, refusal(phone.secret()));
    commands.refresh(tablet.secret()).await().indefinitely();
  }

  private OpenSession signIn(WeChatPerson person) {
    return signIn.signIn(person, PLAIN).await().indefinitely();
  }

  private String refusal(RefreshSecret secret) {
    return assertThrows(
            DomainException.class, () -> commands.refresh(secret).await().indefinitely())
        .reason();
  }

  /** The defaults. */
  private static final class TestConfig implements SessionConfig {
    @Override
    public Optional<List<String>> signingKeys() {
      return Optional.empty();
    }

    @Override
    public Optional<String> activeSigningKey() {
      return Optional.empty();
    }

    @Override
    public Duration accessTokenLife() {
      return Duration.ofMinutes(15);
    }

    @Override
    public Duration sessionIdle() {
      return Duration.ofDays(30);
    }

    @Override
    public Duration sessionAnswerLife() {
      return Duration.ofMinutes(2);
    }

    @Override
    public Duration sessionAbsolute() {
      return Duration.ofDays(180);
    }

    @Override
    public String levelReviewEvery() {
      return "off";
    }

    @Override
    public String sessionExpiryEvery() {
      return "off";
    }
  }
}
