package io.siyu.mall.order.payment;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Decides what becomes of a refund next, within what the provider allows. Refunds of one payment
 * that wait for the same minute go as one batch, so that the few that are allowed last longer.
 *
 * @param all refunds of the payment, locked
 */
record RefundPlan(Payment payment, List<Refund> all, PaymentConfig config) {

  /** What is to be done with the provider. */
  enum Next {
    NOTHING,
    SEND,
    ASK
  }

  Next next(Refund wanted, Instant now) {
    if (wanted.state().paid() || !wanted.leads()) {
      return Next.NOTHING;
    }
    if (wanted.state() == RefundState.SUBMITTED || wanted.state() == RefundState.STUCK) {
      return Next.ASK;
    }
    if (!wanted.planned() && !plan(wanted, now)) {
      return Next.NOTHING;
    }
    batch(wanted).forEach(refund -> refund.told(now));
    return Next.SEND;
  }

  /** All that go under the number of the refund. */
  private List<Refund> batch(Refund first) {
    return all.stream().filter(r -> r.planned() && r.sentWith().equals(first.id())).toList();
  }

  private boolean plan(Refund wanted, Instant now) {
    // What staff send again although it is beyond the limits is the provider's to refuse.
    boolean insisted = wanted.state() == RefundState.FAILED;
    if (!insisted && !allowed(wanted, now)) {
      return false;
    }
    List<Refund> together = insisted || wanted.orderId() == null ? List.of(wanted) : unsent();
    Money total = Money.sum(together.stream().map(Refund::amount).toList());
    together.forEach(refund -> refund.sendWith(wanted, total));
    return true;
  }

  private boolean allowed(Refund wanted, Instant now) {
    long used =
        all.stream().filter(r -> r.planned() && r.leads() && r.providerRefundId() != null).count();
    if (now.isAfter(RefundLimits.until(payment.succeededAt()))) {
      wanted.stick(RefundLimits.YEAR_OVER, now, config.decideWithin());
      return false;
    }
    if (used >= RefundLimits.MOST) {
      wanted.stick(RefundLimits.USED_UP, now, config.decideWithin());
      return false;
    }
    Instant earliest =
        all.stream()
            .map(Refund::sentAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .map(last -> last.plus(RefundLimits.APART))
            .orElse(now);
    if (earliest.isAfter(now)) {
      wanted.waitUntil(earliest);
      return false;
    }
    return true;
  }

  private List<Refund> unsent() {
    return all.stream()
        .filter(r -> r.state() == RefundState.REQUESTED && !r.planned() && r.orderId() != null)
        .toList();
  }
}
