package io.siyu.mall.distributor.distributor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DistributorTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Person PERSON =
      new Person("e", "王**", "e", "138****0000", "h", "", "", "m", "", "o");

  private static Invite invite(Inviter inviter, int uses) {
    return Invite.create(inviter, uses, 0, "", "staff", NOW);
  }

  private static Distributor applicant(Invite invite, UUID inviterMember) {
    return Distributor.apply(
        UUID.randomUUID(), UUID.randomUUID(), invite, inviterMember, "小店", PERSON, "", NOW);
  }

  private static Distributor active() {
    Distributor made = applicant(invite(new Inviter(InviterKind.PLATFORM, "staff", null), 1), null);
    made.approve(null, "staff", NOW);
    return made;
  }

  private static void refused(String reason, Runnable action) {
    assertEquals(reason, assertThrows(DomainException.class, action::run).reason());
  }

  @Test
  void theRecruiterBecomesTheUplineAtApproval() {
    Distributor upline = active();
    Inviter inviter =
        new Inviter(InviterKind.DISTRIBUTOR, upline.id().toString(), upline.brandCode());
    Distributor recruit = applicant(invite(inviter, 1), upline.memberId());
    assertNull(recruit.uplineId());
    recruit.approve(upline, "staff", NOW);
    assertEquals(upline.id(), recruit.uplineId());
    assertEquals(3, recruit.takeChanges().size());
  }

  @Test
  void aRecruiterWhoIsNotActiveAnyMoreDoesNot() {
    Distributor upline = active();
    upline.suspend("调查", "staff", NOW);
    Distributor recruit =
        applicant(
            invite(new Inviter(InviterKind.DISTRIBUTOR, upline.id().toString(), null), 1), null);
    recruit.approve(upline, "staff", NOW);
    assertNull(recruit.uplineId());
  }

  @Test
  void nobodyInvitesThemselves() {
    Invite invite =
        invite(new Inviter(InviterKind.DISTRIBUTOR, UUID.randomUUID().toString(), null), 1);
    UUID self = UUID.randomUUID();
    refused(
        "SELF_INVITE",
        () -> Distributor.apply(UUID.randomUUID(), self, invite, self, "小店", PERSON, "", NOW));
    assertEquals(1, invite.usesLeft());
  }

  @Test
  void aCodeIsUsedUpAndExpires() {
    Invite once = invite(new Inviter(InviterKind.BRAND, "miaomiao", "miaomiao"), 1);
    assertEquals("miaomiao", applicant(once, null).brandCode());
    refused("INVITE_USED_UP", () -> applicant(once, null));
    Invite old = invite(new Inviter(InviterKind.MENTOR, "m", null), 5);
    refused("INVITE_EXPIRED", () -> old.use(NOW.plus(Duration.ofDays(30))));
    old.use(NOW.plus(Duration.ofDays(30)).minusSeconds(1));
  }

  @Test
  void uplinesNeverFormALoop() {
    Distributor top = active();
    Distributor below = active();
    below.reassignUpline(top, Set.of(top.memberId()), "指定", "staff", NOW);
    refused(
        "UPLINE_LOOP",
        () ->
            top.reassignUpline(
                below, Set.of(below.memberId(), top.memberId()), "指定", "staff", NOW));
    refused("UPLINE_SELF", () -> top.reassignUpline(top, Set.of(), "指定", "staff", NOW));
    refused(
        DomainException.INVALID_ARGUMENT,
        () -> below.reassignUpline(null, Set.of(), " ", "staff", NOW));
    below.reassignUpline(null, Set.of(), "解除", "staff", NOW);
    assertNull(below.uplineId());
  }

  @Test
  void resumingIsForTheSuspended() {
    Distributor applied = applicant(invite(new Inviter(InviterKind.PLATFORM, "s", null), 1), null);
    refused("ILLEGAL_TRANSITION", () -> applied.resume("好", "staff", NOW));
    assertEquals(DistributorState.APPLIED, applied.state());
  }

  @Test
  void codesAreLongEnoughAndForgiving() {
    InviteCode code = InviteCode.next();
    assertEquals(12, code.value().length());
    assertNotEquals(code, InviteCode.next());
    String typed = code.value().substring(0, 4).toLowerCase() + "-" + code.value().substring(4);
    assertEquals(code, InviteCode.typed(" " + typed));
    assertTrue(InviteCode.typed(null).value().isEmpty());
  }
}
