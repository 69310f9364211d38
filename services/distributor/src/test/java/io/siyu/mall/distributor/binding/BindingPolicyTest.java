package io.siyu.mall.distributor.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siyu.mall.distributor.binding.BindingPolicy.Situation;
import io.siyu.mall.distributor.binding.BindingPolicy.Verdict;
import io.siyu.mall.distributor.policy.AttributionPolicy;
import io.siyu.mall.distributor.policy.BindingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BindingPolicyTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final UUID OLD = new UUID(1, 1);
  private static final UUID NEW = new UUID(1, 2);

  private static AttributionPolicy policy(BindingMode mode) {
    return new AttributionPolicy(1, mode, 30, 24, false, NOW, "x");
  }

  private static Verdict decide(
      BindingMode mode, Duration boundFor, Duration sinceOrder, boolean living) {
    Situation situation =
        new Situation(
            OLD, NOW.minus(boundFor), living, sinceOrder == null ? null : NOW.minus(sinceOrder));
    return BindingPolicy.decide(policy(mode), situation, NEW, NOW);
  }

  @ParameterizedTest
  @EnumSource(BindingMode.class)
  void whoeverIsFreeIsBoundByTheFirstShare(BindingMode mode) {
    Situation free = new Situation(null, null, false, null);
    assertEquals(Verdict.OPEN, BindingPolicy.decide(policy(mode), free, NEW, NOW));
  }

  @ParameterizedTest
  @EnumSource(BindingMode.class)
  void theSameDistributorChangesNothing(BindingMode mode) {
    Situation bound = new Situation(NEW, NOW.minus(Duration.ofDays(99)), true, null);
    assertEquals(Verdict.KEEP, BindingPolicy.decide(policy(mode), bound, NEW, NOW));
  }

  @ParameterizedTest
  @EnumSource(BindingMode.class)
  void aClosedDistributorHoldsNobody(BindingMode mode) {
    assertEquals(Verdict.REPLACE, decide(mode, Duration.ofDays(1), Duration.ofDays(1), false));
  }

  @Test
  void firstTouchStays() {
    assertEquals(Verdict.KEEP, decide(BindingMode.FIRST_TOUCH, Duration.ofDays(999), null, true));
  }

  @Test
  void lastTouchWins() {
    assertEquals(
        Verdict.REPLACE, decide(BindingMode.LAST_TOUCH, Duration.ofSeconds(1), null, true));
    // But not a touch from before the binding, which was merged later.
    Situation later = new Situation(OLD, NOW.plusSeconds(1), true, null);
    assertEquals(
        Verdict.KEEP, BindingPolicy.decide(policy(BindingMode.LAST_TOUCH), later, NEW, NOW));
  }

  @Test
  void protectionEndsAfterDaysWithoutOrder() {
    BindingMode mode = BindingMode.PROTECTED;
    assertEquals(Verdict.KEEP, decide(mode, Duration.ofDays(29), null, true));
    assertEquals(Verdict.REPLACE, decide(mode, Duration.ofDays(30), null, true));
    assertEquals(Verdict.KEEP, decide(mode, Duration.ofDays(90), Duration.ofDays(29), true));
    assertEquals(Verdict.REPLACE, decide(mode, Duration.ofDays(90), Duration.ofDays(30), true));
  }
}
