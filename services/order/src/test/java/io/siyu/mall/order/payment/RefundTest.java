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

class RefundTest {

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
    refund.fail("NOT_ENOUGH", NOON);
    refund.submitted("1", NOON);
    refund.fail("CLOSED", NOON);
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
      refund.fail("NO", NOON);
      assertTrue(!refund.dueAt().isBefore(before) && refund.dueAt().isAfter(NOON));
      assertTrue(!refund.dueAt().isAfter(NOON.plus(Duration.ofHours(1))));
      before = refund.dueAt();
    }
    refund.fail("NO", NOON);
    assertNull(refund.dueAt());
    refund.retry(NOON);
    assertEquals(NOON, refund.dueAt());
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
