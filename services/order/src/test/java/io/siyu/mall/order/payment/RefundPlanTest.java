package io.siyu.mall.order.payment;

import static io.siyu.mall.order.fixture.Samples.NOON;
import static io.siyu.mall.order.fixture.Samples.goods;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.siyu.mall.order.fixture.Memory;
import io.siyu.mall.order.fixture.Samples;
import io.siyu.mall.order.order.Order;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.order.payment.RefundPlan.Next;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefundPlanTest {

  private final Order order = Samples.paid(goods(200, 100));
  private final Payment payment = paid();
  private final List<Refund> all = new ArrayList<>();

  @Test
  void whatWaitsForTheSameMinuteGoesAsOne() {
    Refund first = refund(100);
    Refund second = refund(250);
    assertEquals(Next.SEND, next(first, NOON));
    assertEquals(Money.fen(350), first.sentAmount());
    assertEquals(first.number(), second.number());
    assertEquals(Next.NOTHING, next(second, NOON), "it has gone with the first");
    Refund third = refund(1);
    Refund fourth = refund(2);
    assertEquals(Next.NOTHING, next(third, NOON.plusSeconds(59)));
    assertEquals(NOON.plusSeconds(60), third.dueAt());
    assertEquals(Next.SEND, next(fourth, NOON.plusSeconds(60)));
    assertEquals(Money.fen(3), fourth.sentAmount());
    first.submitted("p", NOON);
    assertEquals(Next.ASK, next(first, NOON.plusSeconds(90)));
  }

  @Test
  void fiftyOfAPaymentAndNoneAfterAYear() {
    Instant now = NOON;
    for (int i = 0; i < RefundLimits.MOST; i++) {
      Refund one = refund(1);
      assertEquals(Next.SEND, next(one, now), "no " + i);
      one.succeed("p" + i, now);
      now = now.plusSeconds(60);
    }
    Refund more = refund(1);
    assertEquals(Next.NOTHING, next(more, now));
    assertEquals(RefundState.STUCK, more.state());
    assertEquals(RefundLimits.USED_UP, more.failure());
    more.retry(now);
    assertEquals(Next.SEND, next(more, now), "staff insist: the provider says no itself");
    all.clear();
    Refund late = refund(1);
    assertEquals(Next.NOTHING, next(late, NOON.plus(Duration.ofDays(366))));
    assertEquals(RefundLimits.YEAR_OVER, late.failure());
  }

  @Test
  void whatWasRefusedDoesNotCountAndStraysGoAlone() {
    Refund refused = refund(1);
    next(refused, NOON);
    refused.stick("INVALID_REQUEST", NOON, Duration.ofDays(2));
    Refund stray = Refund.ofStray(payment, "x", NOON);
    Refund other = refund(5);
    all.add(stray);
    assertEquals(Next.SEND, next(stray, NOON.plusSeconds(60)));
    assertEquals(payment.amount(), stray.sentAmount());
    assertFalse(other.planned());
  }

  @Test
  void staffAreWarnedFromTheFortyFifthOnAndInTheLastMonth() {
    assertEquals("", RefundLimits.warning(43, NOON, NOON));
    assertEquals(RefundLimits.FEW_LEFT, RefundLimits.warning(44, NOON, NOON));
    assertEquals(RefundLimits.USED_UP, RefundLimits.warning(50, NOON, NOON));
    Instant nearly = NOON.plus(Duration.ofDays(336));
    assertEquals(RefundLimits.YEAR_ENDS, RefundLimits.warning(0, NOON, nearly));
    assertEquals("", RefundLimits.warning(0, NOON, nearly.minus(Duration.ofDays(2))));
    assertEquals(
        RefundLimits.YEAR_OVER, RefundLimits.warning(0, NOON, NOON.plus(Duration.ofDays(366))));
  }

  private Next next(Refund wanted, Instant now) {
    return new RefundPlan(payment, all, Memory.paymentConfig()).next(wanted, now);
  }

  private Refund refund(long fen) {
    Refund refund =
        Refund.ofLine(
            payment, order, order.lines().get(0).id(), Ids.next(), 1, Money.fen(fen), "x", NOON);
    all.add(refund);
    return refund;
  }

  private static Payment paid() {
    Payment payment =
        Payment.create(
            TradeId.next(),
            Ids.next(),
            Provider.WECHAT_PAY,
            "a",
            Money.fen(20_000),
            NOON,
            Duration.ofSeconds(30));
    payment.succeed("42", true, NOON);
    return payment;
  }
}
