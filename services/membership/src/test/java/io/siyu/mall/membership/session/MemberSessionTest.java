package io.siyu.mall.membership.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemberSessionTest {

  private static final SessionPolicy POLICY =
      new SessionPolicy(Duration.ofMinutes(15), Duration.ofDays(30), Duration.ofDays(180));
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final MemberSession session =
      MemberSession.open(SessionId.next(), MemberId.next(), "open", "test", POLICY, NOW);

  @Test
  void eachTokenWorksOnce() {
    session.rotate(1, POLICY, NOW.plusSeconds(60));
    session.rotate(2, POLICY, NOW.plusSeconds(120));
    assertEquals(3, session.generation());
    assertEquals(MemberSession.REUSED, refusal(2, NOW.plusSeconds(130)));
    assertEquals(MemberSession.REUSED, refusal(1, NOW.plusSeconds(130)));
    assertEquals(3, session.generation());
  }

  @Test
  void whatWasEndedStaysEnded() {
    session.revoke(NOW);
    session.signOut(NOW.plusSeconds(1));
    session.expire(NOW.plusSeconds(1));
    assertEquals(SessionState.REVOKED, session.state());
    assertEquals(MemberSession.ENDED, refusal(1, NOW.plusSeconds(2)));
  }

  @Test
  void itEndsWhenItIsNotUsed() {
    assertEquals(NOW.plus(Duration.ofDays(30)), session.expiresAt());
    assertEquals(MemberSession.ENDED, refusal(1, NOW.plus(Duration.ofDays(30))));
    session.rotate(1, POLICY, NOW.plus(Duration.ofDays(30)).minusSeconds(1));
  }

  @Test
  void itEndsInAnyCase() {
    Instant now = NOW;
    int generation = 1;
    while (now.isBefore(NOW.plus(Duration.ofDays(155)))) {
      now = now.plus(Duration.ofDays(25));
      session.rotate(generation++, POLICY, now);
    }
    assertEquals(NOW.plus(Duration.ofDays(180)), session.expiresAt());
    assertEquals(MemberSession.ENDED, refusal(generation, NOW.plus(Duration.ofDays(180))));
  }

  @Test
  void tokensAreLongAndTheirHashIsAllThatIsKept() {
    RefreshSecret secret = RefreshSecret.next();
    assertEquals(43, secret.text().length());
    assertNotEquals(secret.text(), secret.hash());
    assertNotEquals(secret, RefreshSecret.next());
    assertEquals(secret.hash(), RefreshSecret.parse(secret.text()).hash());
    assertFalse(secret.toString().contains(secret.text()));
    for (String wrong : new String[] {"", "x", secret.text() + "x", "é".repeat(43)}) {
      DomainException refusal =
          assertThrows(DomainException.class, () -> RefreshSecret.parse(wrong));
      assertEquals(RefreshSecret.UNKNOWN, refusal.reason());
    }
  }

  private String refusal(int generation, Instant at) {
    return assertThrows(DomainException.class, () -> session.rotate(generation, POLICY, at))
        .reason();
  }
}
