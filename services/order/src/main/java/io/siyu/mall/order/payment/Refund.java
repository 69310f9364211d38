package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.Order;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Money that goes back: units of an order line, or a whole payment that came too late or twice. Its
 * number and amount never change, so that it can be sent until the provider takes it.
 */
@Entity
@Table(name = "refund")
public class Refund {

  /** After so many refusals only staff send it again. */
  public static final int MAX_ATTEMPTS = 30;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration ASK_AFTER = Duration.ofSeconds(30);
  private static final int MAX_DOUBLINGS = 12;
  private static final int MAX_FAILURE = 300;

  @Id private UUID id;

  @Column(name = "payment_id", updatable = false)
  private UUID paymentId;

  @Column(name = "trade_id", updatable = false)
  private UUID tradeId;

  @Column(name = "order_id", updatable = false)
  private UUID orderId;

  @Column(name = "order_line_id", updatable = false)
  private UUID orderLineId;

  @Column(name = "case_id", updatable = false)
  private UUID caseId;

  @Column(name = "brand_code", updatable = false)
  private String brandCode;

  @Column(updatable = false)
  private long quantity;

  @Column(updatable = false)
  private Money amount;

  @Column(name = "payment_amount", updatable = false)
  private Money paymentAmount;

  @Enumerated(EnumType.STRING)
  private RefundState state = RefundState.REQUESTED;

  @Column(updatable = false)
  private String reason;

  private String failure;

  @Column(name = "provider_refund_id")
  private String providerRefundId;

  private int attempts;

  @Column(name = "requested_at", updatable = false)
  private Instant requestedAt;

  @Column(name = "succeeded_at")
  private Instant succeededAt;

  /** When it is sent or asked about next; null when nothing happens by itself. */
  @Column(name = "due_at")
  private Instant dueAt;

  @Version private long version;

  protected Refund() {}

  /** Gives back a payment that its trade does not keep. */
  public static Refund ofStray(Payment payment, String reason, Instant now) {
    Refund refund = of(payment, payment.amount(), reason, now);
    refund.quantity = 0;
    return refund;
  }

  /** Gives back units of an order line. */
  public static Refund ofLine(
      Payment payment,
      Order order,
      UUID lineId,
      UUID caseId,
      long quantity,
      Money amount,
      String reason,
      Instant now) {
    Refund refund = of(payment, amount, reason, now);
    refund.orderId = order.id().value();
    refund.orderLineId = lineId;
    refund.caseId = caseId;
    refund.brandCode = order.brandCode();
    refund.quantity = quantity;
    return refund;
  }

  private static Refund of(Payment payment, Money amount, String reason, Instant now) {
    if (payment.state() != PaymentState.SUCCEEDED
        || amount.isNegative()
        || amount.compareTo(payment.amount()) > 0) {
      throw new IllegalArgumentException("refund of " + amount + " from " + payment.number());
    }
    Refund refund = new Refund();
    refund.id = RefundId.next().value();
    refund.paymentId = payment.id().value();
    refund.tradeId = payment.tradeId().value();
    refund.amount = amount;
    refund.paymentAmount = payment.amount();
    refund.reason = reason;
    refund.requestedAt = now;
    refund.dueAt = now;
    return refund;
  }

  /** The provider has it and will pay. A repeat only sets when to ask. */
  public void submitted(String providerId, Instant now) {
    if (state != RefundState.SUBMITTED) {
      moveTo(RefundState.SUBMITTED);
      attempts++;
    }
    providerRefundId = providerId;
    failure = null;
    dueAt = now.plus(ASK_AFTER);
  }

  /** The money is back; may be said before the submission was noted. */
  public void succeed(String providerId, Instant now) {
    if (state != RefundState.SUBMITTED) {
      submitted(providerId, now);
    }
    moveTo(RefundState.SUCCEEDED);
    providerRefundId = providerId;
    succeededAt = now;
    dueAt = null;
  }

  /** The provider refused, or gave up. It is sent again later, under its number. */
  public void fail(String why, Instant now) {
    if (state != RefundState.FAILED) {
      moveTo(RefundState.FAILED);
    }
    attempts++;
    failure = shortened(why);
    dueAt = attempts < MAX_ATTEMPTS ? now.plus(pause()) : null;
  }

  /** Nobody knows whether the provider has it: the same again later. */
  public void unanswered(String why, Instant now) {
    attempts++;
    failure = shortened(why);
    dueAt = now.plus(pause());
  }

  /**
   * Staff want it sent again now.
   *
   * @throws DomainException FAILED_PRECONDITION, REFUND_NOT_FAILED
   */
  public void retry(Instant now) {
    if (state != RefundState.FAILED) {
      throw DomainException.precondition(
              "REFUND_NOT_FAILED", "only a failed refund is sent again, not one that is " + state)
          .with("state", state);
    }
    dueAt = now;
  }

  private Duration pause() {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private static String shortened(String text) {
    return text.length() > MAX_FAILURE ? text.substring(0, MAX_FAILURE) : text;
  }

  private void moveTo(RefundState next) {
    RefundState.TABLE.check(state, next);
    state = next;
  }

  public RefundId id() {
    return new RefundId(id);
  }

  /** out_refund_no. */
  public String number() {
    return PaymentNumbers.of(id());
  }

  public PaymentId paymentId() {
    return new PaymentId(paymentId);
  }

  /** Null for a payment given back whole. */
  public UUID orderId() {
    return orderId;
  }

  public UUID orderLineId() {
    return orderLineId;
  }

  /** Null for a payment given back whole. */
  public UUID caseId() {
    return caseId;
  }

  public long quantity() {
    return quantity;
  }

  public Money amount() {
    return amount;
  }

  /** Of the payment that it comes from. */
  public Money paymentAmount() {
    return paymentAmount;
  }

  public RefundState state() {
    return state;
  }

  public String reason() {
    return reason;
  }

  public String failure() {
    return failure;
  }

  public int attempts() {
    return attempts;
  }

  public Instant dueAt() {
    return dueAt;
  }
}
