package io.siyu.mall.distributor.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.distributor.binding.BindingCommands.Opening;
import io.siyu.mall.distributor.policy.AttributionPolicy;
import io.siyu.mall.distributor.policy.BindingMode;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The use cases with everything in memory. */
class BindingCommandsTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final UUID MEMBER = new UUID(1, 1);
  private static final UUID ANNA = new UUID(2, 1);
  private static final UUID BELLA = new UUID(2, 2);

  private final InMemoryBindings bindings = new InMemoryBindings();
  private final BindingCommands commands =
      new BindingCommands(bindings, Clock.fixed(NOW, ZoneOffset.UTC));

  private static final AttributionPolicy POLICY =
      new AttributionPolicy(1, BindingMode.LAST_TOUCH, 30, 24, false, NOW, "x");

  /** Bindings in a list; whoever is named in {@code members} is an active distributor. */
  private static final class InMemoryBindings implements Bindings {
    final Map<UUID, UUID> members =
        new HashMap<>(Map.of(ANNA, new UUID(3, 1), BELLA, new UUID(3, 2)));
    final List<Binding> all = new ArrayList<>();
    boolean loop;

    @Override
    public Uni<State> lock(SqlTransaction tx, UUID memberId, UUID candidate) {
      Binding open =
          all.stream()
              .filter(b -> b.memberId().equals(memberId) && b.endedAt() == null)
              .findFirst()
              .orElse(null);
      return Uni.createFrom()
          .item(
              new State(
                  memberId,
                  open == null ? null : open.id(),
                  new BindingPolicy.Situation(
                      open == null ? null : open.distributorId(),
                      open == null ? null : open.startedAt(),
                      true,
                      null),
                  candidate,
                  members.get(candidate),
                  loop,
                  false));
    }

    @Override
    public Uni<Void> end(SqlTransaction tx, UUID bindingId, Instant at, String reason) {
      all.replaceAll(
          b ->
              b.id().equals(bindingId)
                  ? new Binding(
                      b.id(),
                      b.memberId(),
                      b.distributorId(),
                      b.mode(),
                      b.openedBy(),
                      b.touchId(),
                      b.policyVersion(),
                      b.reason(),
                      b.changedBy(),
                      b.startedAt(),
                      at,
                      reason)
                  : b);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> open(SqlTransaction tx, Binding binding, boolean effective) {
      all.add(binding);
      return Uni.createFrom().voidItem();
    }
  }

  private void touched(UUID seller, Instant at) {
    commands
        .touched(null, POLICY, new Opening(MEMBER, seller, new UUID(4, 4), at, false))
        .await()
        .indefinitely();
  }

  private static String reason(Uni<?> work) {
    return assertThrows(DomainException.class, () -> work.await().indefinitely()).reason();
  }

  @Test
  void visitsBeforeTheSignInAreSeenInTheirOrder() {
    touched(ANNA, NOW.minusSeconds(300));
    touched(BELLA, NOW.minusSeconds(200));
    assertEquals(2, bindings.all.size());
    assertEquals(BELLA, bindings.all.get(1).distributorId());
    assertEquals(NOW.minusSeconds(200), bindings.all.get(0).endedAt());
    // One from before, told late, changes nothing.
    touched(ANNA, NOW.minusSeconds(250));
    assertEquals(2, bindings.all.size());
  }

  @Test
  void whoeverCannotBeBoundSimplyStaysFree() {
    bindings.members.put(ANNA, MEMBER);
    touched(ANNA, NOW);
    touched(new UUID(2, 99), NOW);
    bindings.loop = true;
    touched(BELLA, NOW);
    assertTrue(bindings.all.isEmpty());
  }

  @Test
  void staffAreToldWhyTheyCannot() {
    bindings.members.put(ANNA, MEMBER);
    assertEquals("SELF_BINDING", reason(commands.bind(null, POLICY, MEMBER, ANNA, "因为", "staff")));
    assertEquals(
        "DISTRIBUTOR_NOT_FOUND",
        reason(commands.bind(null, POLICY, MEMBER, new UUID(2, 99), "因为", "staff")));
    assertEquals("NOT_BOUND", reason(commands.unbind(null, MEMBER, "因为")));
    bindings.loop = true;
    assertEquals("BINDING_LOOP", reason(commands.bind(null, POLICY, MEMBER, BELLA, "因为", "staff")));
  }

  @Test
  void staffBindWhateverTheModeAndEndWhatWas() {
    touched(ANNA, NOW.minusSeconds(10));
    commands.bind(null, POLICY, MEMBER, BELLA, "客户要求", "staff").await().indefinitely();
    assertEquals("客户要求", bindings.all.get(0).endReason());
    assertEquals(BindingOrigin.STAFF, bindings.all.get(1).openedBy());
  }
}
