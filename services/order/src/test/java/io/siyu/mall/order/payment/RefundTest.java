package io.siyu.mall.order.payment;

import static io.siyu.mall.order.fixture.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RefundTest {

  private static final Duration DAYS = Duration.ofDays(2);

  private final Refund refund = Refund.ofStray(paid(), "x", NOON);

  private static Payment paid() {
    Payment payment =
        Payment.create(
            TradeId.next(),
            Ids.next(),
            Provider.WECHAT_PAY,
            "a",
            Money.fen(5),
            NOON,
            Duration.ofSeconds(30));
    payment.succeed("42", false, NOON);
    return payment;
  }

  @Test
  void keepsItsNumberThroughEveryFailure() {
    String number = refund.number();
    assertTrue(number.matches("R[0-9a-f]{32}"));
    refund.fail("NOT_ENOUGH", NOON, DAYS);
    refund.submitted("1", NOON);
    refund.fail("CLOSED", NOON, DAYS);
    refund.succeed("1", NOON);
    assertEquals(number, refund.number());
    assertEquals(RefundState.SUCCEEDED, refund.state());
    assertEquals(refund.id(), PaymentNumbers.refund(number).orElseThrow());
    assertTrue(PaymentNumbers.refund("R12").isEmpty() && PaymentNumbers.refund(null).isEmpty());
  }

  @Test
  void pausesDoubleUpToAnHourAndEndAfterThirty() {
    Instant before = NOON;
    for (int i = 1; i < Refund.MAX_ATTEMPTS; i++) {
      refund.fail("NO", NOON, DAYS);
      assertTrue(!refund.dueAt().isBefore(before) && refund.dueAt().isAfter(NOON));
      assertTrue(!refund.dueAt().isAfter(NOON.plus(Duration.ofHours(1))));
      before = refund.dueAt();
    }
    refund.fail("NO", NOON, DAYS);
    assertNull(refund.dueAt());
    assertEquals(RefundState.STUCK, refund.state());
    assertEquals(NOON.plus(DAYS), refund.decideBy());
    refund.retry(NOON);
    assertEquals(NOON, refund.dueAt());
    assertNull(refund.decideBy());
  }

  @Test
  void onlyWhatIsStuckIsPaidOtherwiseAndOnlyWhatIsAbnormalGoesElsewhere() {
    refuses("REFUND_NOT_STUCK", () -> refund.payOtherwise(NOON));
    refund.stick("INVALID_REQUEST", NOON, DAYS);
    refuses("REFUND_NOT_ABNORMAL", () -> refund.redirect(true, NOON));
    refund.stick(Refund.ABNORMAL, NOON.plusSeconds(9), DAYS);
    assertEquals(NOON.plus(DAYS), refund.decideBy(), "the time to decide begins once");
    refund.redirect(true, NOON);
    assertTrue(refund.toMerchant() && refund.dueAt() != null, "it is asked about");
    refund.stick(Refund.RETURNED_TO_MERCHANT, NOON, DAYS);
    refuses("REFUND_NOT_FAILED", () -> refund.retry(NOON));
    refund.payOtherwise(NOON);
    assertEquals(RefundState.PAID_OTHERWISE, refund.state());
    assertNull(refund.dueAt());
  }

  private static void refuses(String reason, Executable action) {
    assertEquals(reason, assertThrows(DomainException.class, action).reason());
  }

  @Test
  void silenceIsNoFailure() {
    refund.unanswered("timeout", NOON);
    assertEquals(RefundState.REQUESTED, refund.state());
    assertEquals(
        "REFUND_NOT_FAILED",
        assertThrows(DomainException.class, () -> refund.retry(NOON)).reason());
  }

  @Test
  void neverMoreThanThePayment() {
    Payment unpaid =
        Payment.create(
            TradeId.next(),
            Ids.next(),
            Provider.WECHAT_PAY,
            "a",
            Money.fen(5),
            NOON,
            Duration.ofSeconds(30));
    assertThrows(IllegalArgumentException.class, () -> Refund.ofStray(unpaid, "x", NOON));
    assertEquals(unpaid.id(), PaymentNumbers.payment(unpaid.number()).orElseThrow());
  }
}
