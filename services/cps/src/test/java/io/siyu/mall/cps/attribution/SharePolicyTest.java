package io.siyu.mall.cps.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharePolicyTest {

  static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");

  @Test
  void aStepIsReachedToTheFen() {
    SharePolicy policy =
        policy(1, NEW_YEAR, step(1, 0, 5_000), step(2, 100_000, 7_000), step(3, 500_000, 8_000));
    assertEquals(1, policy.stepFor(Money.ZERO).step());
    assertEquals(1, policy.stepFor(Money.fen(99_999)).step());
    assertEquals(2, policy.stepFor(Money.fen(100_000)).step());
    assertEquals(2, policy.stepFor(Money.fen(499_999)).step());
    assertEquals(3, policy.stepFor(Money.fen(9_999_999)).step());
  }

  @Test
  void ofThoseThatHaveBegunTheNewestHolds() {
    SharePolicy first = policy(1, NEW_YEAR.minusSeconds(1_000), step(1, 0, 1));
    SharePolicy planned = policy(2, NEW_YEAR.plusSeconds(100), step(1, 0, 2));
    SharePolicy instead = policy(3, NEW_YEAR.plusSeconds(50), step(1, 0, 3));
    List<SharePolicy> all = List.of(instead, planned, first);
    assertEquals(1, SharePolicy.at(all, NEW_YEAR).version());
    assertEquals(1, SharePolicy.at(all, NEW_YEAR.minusSeconds(9_999)).version(), "before all");
    assertEquals(3, SharePolicy.at(all, NEW_YEAR.plusSeconds(50)).version(), "from its begin on");
    assertEquals(3, SharePolicy.at(all, NEW_YEAR.plusSeconds(999)).version(), "2 never begins");
  }

  @Test
  void aLadderBeginsAtNothingRisesAndGivesAwayNoMoreThanThereIs() {
    check(step(1, 0, 9_000));
    check(step(1, 0, 0), step(2, 1, 9_000));
    assertThrows(DomainException.class, () -> check());
    assertThrows(DomainException.class, () -> check(step(1, 1, 5_000)));
    assertThrows(DomainException.class, () -> check(step(1, 0, 5_000), step(2, 0, 6_000)));
    assertThrows(
        DomainException.class, () -> check(step(1, 0, 1), step(2, 500, 2), step(3, 400, 3)));
    assertThrows(DomainException.class, () -> check(step(1, 0, 9_001)), "with the upline's 1 000");
    assertThrows(DomainException.class, () -> check(step(1, 0, -1)));
    assertThrows(DomainException.class, () -> check(step(1, 0, 1), step(2, 9, Integer.MAX_VALUE)));
  }

  private static void check(ShareStep... steps) {
    SharePolicy.check(Validation.start(), List.of(steps)).check();
  }

  private static ShareStep step(int step, long from, int direct) {
    return new ShareStep(step, Money.fen(from), direct, 1_000);
  }

  private static SharePolicy policy(long version, Instant from, ShareStep... steps) {
    return new SharePolicy(version, from, List.of(steps), "STAFF:x", from, "note");
  }
}
