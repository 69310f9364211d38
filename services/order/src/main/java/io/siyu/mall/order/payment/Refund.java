package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.Order;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.text.Excerpt;
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
 * amount never changes. Several of one payment may go to the provider as one, a batch, under the
 * number of the first: number and amount of a batch never change either, so that it can be sent
 * until the provider takes it.
 */
@Entity
@Table(name = "refund")
public class Refund {

  /** After so many refusals only staff send it again. */
  public static final int MAX_ATTEMPTS = 30;

  /** Its failure when the provider could not pay the member's account. */
  public static final String ABNORMAL = "ABNORMAL";

  /** Its failure when the provider, as it was told, paid the merchant instead. */
  public static final String RETURNED_TO_MERCHANT = "RETURNED_TO_MERCHANT";

  /** Its failure when it was refused too often. */
  public static final String REFUSED_TOO_OFTEN = "REFUSED_TOO_OFTEN";

  /** Its failure when the provider paid what finance had paid another way: paid twice. */
  public static final String PAID_TWICE = "PAID_TWICE";

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

  /** The refund under whose number it goes to the provider; null until that is planned. */
  @Column(name = "sent_with")
  private UUID sentWith;

  /** What goes to the provider under that number. */
  @Column(name = "sent_amount")
  private Money sentAmount;

  /** When the provider was last told. */
  @Column(name = "sent_at")
  private Instant sentAt;

  /** Set while it is stuck. */
  @Column(name = "decide_by")
  private Instant decideBy;

  /** The provider was told to give the money back to the merchant. */
  @Column(name = "to_merchant", columnDefinition = "TINYINT")
  private boolean toMerchant;

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

  /** It goes to the provider with others; from here on the batch is what it is. */
  void sendWith(Refund first, Money total) {
    if (sentWith != null) {
      throw new IllegalStateException("refund " + id + " is in a batch already");
    }
    sentWith = first.id;
    sentAmount = total;
    due(dueAt);
  }

  /** The provider is told now. */
  void told(Instant now) {
    sentAt = now;
  }

  /** It must not be sent before. */
  void waitUntil(Instant then) {
    due(then);
  }

  /** The provider has it and will pay. A repeat only sets when to ask. */
  public void submitted(String providerId, Instant now) {
    if (state != RefundState.SUBMITTED) {
      moveTo(RefundState.SUBMITTED);
      attempts++;
    }
    providerRefundId = providerId;
    failure = null;
    due(now.plus(ASK_AFTER));
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

  /** The provider refused, or gave up, for now. It is sent again later, under its number. */
  public void fail(String why, Instant now, Duration decideWithin) {
    if (attempts + 1 >= MAX_ATTEMPTS) {
      attempts++;
      stick(REFUSED_TOO_OFTEN + ": " + why, now, decideWithin);
      return;
    }
    if (state != RefundState.FAILED) {
      moveTo(RefundState.FAILED);
    }
    attempts++;
    failure = shortened(why);
    due(now.plus(pause()));
  }

  /** The provider will not pay it as it is; finance has so long to decide. A repeat is none. */
  public void stick(String why, Instant now, Duration decideWithin) {
    if (state != RefundState.STUCK) {
      moveTo(RefundState.STUCK);
      decideBy = now.plus(decideWithin);
    }
    failure = shortened(why);
    dueAt = null;
  }

  /** Nobody knows whether the provider has it: the same again later. */
  public void unanswered(String why, Instant now) {
    attempts++;
    if (state != RefundState.STUCK) {
      failure = shortened(why);
    }
    due(now.plus(pause()));
  }

  /**
   * Staff want it sent again now.
   *
   * @throws DomainException FAILED_PRECONDITION, REFUND_NOT_FAILED
   */
  public void retry(Instant now) {
    if (state == RefundState.STUCK && !returned()) {
      moveTo(RefundState.FAILED);
    } else if (state != RefundState.FAILED) {
      throw DomainException.precondition(
              "REFUND_NOT_FAILED", "only a failed refund is sent again, not one that is " + state)
          .with("state", state);
    }
    due(now);
  }

  /**
   * Staff tell the provider what to do with money that it could not pay.
   *
   * @param merchant to give it back to the merchant, who then pays another way
   * @throws DomainException FAILED_PRECONDITION, REFUND_NOT_ABNORMAL
   */
  void redirect(boolean merchant, Instant now) {
    if (state != RefundState.STUCK || !ABNORMAL.equals(failure)) {
      throw DomainException.precondition(
              "REFUND_NOT_ABNORMAL", "the provider is not stuck with it: " + state)
          .with("state", state);
    }
    toMerchant = merchant;
    told(now);
    due(now.plus(ASK_AFTER));
  }

  /**
   * Finance has paid it another way.
   *
   * @throws DomainException FAILED_PRECONDITION, REFUND_NOT_STUCK
   */
  void payOtherwise(Instant now) {
    if (state != RefundState.STUCK) {
      throw DomainException.precondition(
              "REFUND_NOT_STUCK", "the provider may still pay it: it is " + state)
          .with("state", state);
    }
    moveTo(RefundState.PAID_OTHERWISE);
    succeededAt = now;
    dueAt = null;
  }

  /** The provider says it paid what was paid another way: somebody has to get it back. */
  void paidTwice() {
    failure = PAID_TWICE;
  }

  private boolean returned() {
    return RETURNED_TO_MERCHANT.equals(failure);
  }

  /** One of a batch is enough to go on with. */
  private void due(Instant then) {
    dueAt = leads() ? then : null;
  }

  /** Whether it goes under its own number, or nobody has planned it yet. */
  boolean leads() {
    return sentWith == null || sentWith.equals(id);
  }

  private Duration pause() {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private static String shortened(String text) {
    return Excerpt.of(text, MAX_FAILURE);
  }

  private void moveTo(RefundState next) {
    RefundState.TABLE.check(state, next);
    state = next;
    decideBy = null;
  }

  public RefundId id() {
    return new RefundId(id);
  }

  /** out_refund_no: of the first of its batch. */
  public String number() {
    return PaymentNumbers.of(sentWith());
  }

  /** The refund under whose number it goes: itself, until that is planned. */
  public RefundId sentWith() {
    return new RefundId(sentWith == null ? id : sentWith);
  }

  /** Whether it is settled with what it goes to the provider. */
  public boolean planned() {
    return sentWith != null;
  }

  /** What goes to the provider under its number. */
  public Money sentAmount() {
    return sentAmount == null ? amount : sentAmount;
  }

  /** When the provider was last told; null for never. */
  public Instant sentAt() {
    return sentAt;
  }

  public boolean toMerchant() {
    return toMerchant;
  }

  /** The provider's; null when it never took it. */
  public String providerRefundId() {
    return providerRefundId;
  }

  public TradeId tradeId() {
    return new TradeId(tradeId);
  }

  public Instant decideBy() {
    return decideBy;
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
