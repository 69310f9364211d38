package io.siyu.mall.membership.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.member.SealedPhone;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeRequestTest {

  private final MemberId binder = MemberId.next();
  private final MemberId holder = MemberId.next();
  private final MergeRequest asked =
      MergeRequest.ask(Ids.next(), binder, holder, new SealedPhone("s", "h"), Instant.EPOCH);

  @ParameterizedTest
  @CsvSource({
    "false, false, BINDER_IS_ABSORBED",
    "false, true, BINDER_IS_ABSORBED",
    "true, false, HOLDER_IS_ABSORBED",
    "true, true, STAFF_DECIDE"
  })
  void whoHasNothingToLoseGoesOnAsTheOther(boolean binders, boolean holders, MergeRule rule) {
    assertEquals(rule, MergeRule.of(binders, holders));
  }

  @Test
  void eitherMaySurviveAndNobodyElse() {
    assertEquals(holder, asked.confirm(binder, "同一人", "s1", Instant.EPOCH).absorbed());
    assertEquals(binder, asked.confirm(holder, "同一人", "s1", Instant.EPOCH).absorbed());
    assertThrows(
        DomainException.class, () -> asked.confirm(MemberId.next(), "同一人", "s1", Instant.EPOCH));
  }

  @Test
  void itIsDecidedOnceAndWithAReason() {
    assertThrows(DomainException.class, () -> asked.reject(" ", "s1", Instant.EPOCH));
    MergeRequest rejected = asked.reject("两个人", "s1", Instant.EPOCH);
    assertEquals("两个人", rejected.decisionReason());
    assertThrows(DomainException.class, () -> rejected.confirm(binder, "同一人", "s1", Instant.EPOCH));
  }
}
