package io.siyu.mall.distributor.distributor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The use cases with everything in memory. */
class DistributorCommandsTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Person PERSON =
      new Person("e", "王**", "e", "138****0000", "h", "", "", "m", "", "o");

  private final Map<UUID, Distributor> stored = new HashMap<>();
  private final Map<String, Invite> invites = new HashMap<>();
  private final DistributorCommands commands =
      new DistributorCommands(
          new InMemoryDistributors(),
          new InMemoryInvites(),
          null,
          Clock.fixed(NOW, ZoneOffset.UTC));

  private final class InMemoryInvites implements Invites {
    @Override
    public Uni<Invite> lock(InviteCode code) {
      return Uni.createFrom().item(invites.get(code.value()));
    }

    @Override
    public Uni<Void> add(Invite invite) {
      invites.put(invite.code(), invite);
      return Uni.createFrom().voidItem();
    }
  }

  private final class InMemoryDistributors implements Distributors {
    @Override
    public Uni<Distributor> lock(UUID id) {
      return Uni.createFrom().item(stored.get(id));
    }

    @Override
    public Uni<Distributor> lockNow(UUID id) {
      Distributor named = stored.get(id);
      return named == null
          ? Uni.createFrom().nullItem()
          : living(named.memberId())
              .map(now -> now == null || now.state() == DistributorState.APPLIED ? named : now);
    }

    @Override
    public Uni<Distributor> living(UUID memberId) {
      return Uni.createFrom()
          .item(
              stored.values().stream()
                  .filter(d -> d.memberId().equals(memberId))
                  .filter(d -> !DistributorState.TRANSITIONS.isFinal(d.state()))
                  .findFirst()
                  .orElse(null));
    }

    @Override
    public Uni<Void> add(Distributor distributor) {
      stored.put(distributor.id(), distributor);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> save(Distributor distributor) {
      return add(distributor);
    }

    @Override
    public Uni<SqlTransaction> transaction() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Set<UUID>> above(UUID id) {
      Set<UUID> above = new HashSet<>();
      for (UUID at = id; stored.containsKey(at); at = stored.get(at).uplineId()) {
        above.add(stored.get(at).memberId());
      }
      return Uni.createFrom().item(above);
    }
  }

  private static <T> T done(Uni<T> work) {
    return work.await().indefinitely();
  }

  private static String reason(Uni<?> work) {
    return assertThrows(DomainException.class, () -> done(work)).reason();
  }

  private String code(Distributor by) {
    Inviter inviter =
        by == null
            ? new Inviter(InviterKind.PLATFORM, "staff", null)
            : new Inviter(InviterKind.DISTRIBUTOR, by.id().toString(), by.brandCode());
    return done(commands.invite(inviter, 9, 0, "", "x")).code();
  }

  private UUID apply(UUID member, String code) {
    return done(commands.apply(UUID.randomUUID(), member, new InviteCode(code), "小店", PERSON, ""));
  }

  private Distributor active(Distributor recruiter) {
    UUID id = apply(UUID.randomUUID(), code(recruiter));
    done(commands.approve(id, "staff"));
    return stored.get(id);
  }

  @Test
  void theRecruiterBecomesTheUpline() {
    Distributor top = active(null);
    assertEquals(top.id(), active(top).uplineId());
  }

  @Test
  void oneMemberIsOneDistributor() {
    UUID member = UUID.randomUUID();
    UUID first = apply(member, code(null));
    assertEquals(
        "ALREADY_DISTRIBUTOR",
        reason(
            commands.apply(
                UUID.randomUUID(), member, new InviteCode(code(null)), "小店", PERSON, "")));
    done(commands.reject(first, "不合适", "staff"));
    apply(member, code(null));
  }

  @Test
  void onesOwnCodeIsOfNoUse() {
    Distributor top = active(null);
    String own = code(top);
    done(commands.close(top.id(), "停业", "staff"));
    assertEquals(
        "INVITER_NOT_ACTIVE",
        reason(
            commands.apply(
                UUID.randomUUID(), top.memberId(), new InviteCode(own), "小店", PERSON, "")));
    assertEquals(9, invites.get(own).usesLeft());
  }

  @Test
  void anUplineFromBelowIsRefused() {
    Distributor top = active(null);
    Distributor middle = active(top);
    Distributor low = active(middle);
    assertEquals("UPLINE_LOOP", reason(commands.reassignUpline(top.id(), low.id(), "换", "staff")));
    done(commands.reassignUpline(low.id(), top.id(), "换", "staff"));
    assertEquals(top.id(), low.uplineId());
    assertEquals(
        DistributorCommands.NOT_FOUND,
        reason(commands.reassignUpline(low.id(), UUID.randomUUID(), "换", "staff")));
  }
}
