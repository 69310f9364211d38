package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.TradeId;
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
 * One attempt to pay a trade. Its amount never changes. A trade keeps at most one payment; every
 * other one that succeeds is refunded whole.
 */
@Entity
@Table(name = "payment")
public class Payment {

  private static final int MAX_BACKOFF_STEPS = 6;

  @Id private UUID id;

  @Column(name = "trade_id", updatable = false)
  private UUID tradeId;

  @Column(name = "member_id", updatable = false)
  private UUID memberId;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private Provider provider;

  @Column(updatable = false)
  private String openid;

  @Enumerated(EnumType.STRING)
  private PaymentState state = PaymentState.CREATED;

  @Column(updatable = false)
  private Money amount;

  @Column(name = "transaction_id")
  private String transactionId;

  @Column(columnDefinition = "TINYINT")
  private boolean kept;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "succeeded_at")
  private Instant succeededAt;

  @Column(name = "closed_at")
  private Instant closedAt;

  private int queries;

  /** When the provider is asked next if it stays silent; null when there is nothing to ask. */
  @Column(name = "due_at")
  private Instant dueAt;

  @Version private long version;

  protected Payment() {}

  /** An attempt that the provider does not know of yet. */
  public static Payment create(
      TradeId trade,
      UUID memberId,
      Provider provider,
      String openid,
      Money amount,
      Instant now,
      Duration patience) {
    Payment payment = new Payment();
    payment.id = PaymentId.next().value();
    payment.tradeId = trade.value();
    payment.memberId = memberId;
    payment.provider = provider;
    payment.openid = openid;
    payment.amount = amount;
    payment.createdAt = now;
    payment.dueAt = now.plus(patience);
    return payment;
  }

  /** The provider waits for the member. A repeat changes nothing. */
  public void prepaid() {
    if (state != PaymentState.PREPAID) {
      moveTo(PaymentState.PREPAID);
    }
  }

  /**
   * The provider has the money. May be said before the prepayment was noted, and after the payment
   * was closed.
   *
   * @param keep whether it pays the trade; if not, the caller refunds it
   */
  public void succeed(String transaction, boolean keep, Instant now) {
    if (state == PaymentState.CREATED) {
      moveTo(PaymentState.PREPAID);
    }
    moveTo(PaymentState.SUCCEEDED);
    transactionId = transaction;
    kept = keep;
    succeededAt = now;
    dueAt = null;
  }

  /** The provider takes no money for it any more. */
  public void close(Instant now) {
    moveTo(PaymentState.CLOSED);
    closedAt = now;
    dueAt = null;
  }

  /** The provider was asked and still waits; the next question comes twice as late. */
  public void stillWaiting(Instant now, Duration patience) {
    dueAt = now.plus(patience.multipliedBy(1L << Math.min(queries, MAX_BACKOFF_STEPS)));
    queries++;
  }

  /** Whether money can still come the normal way. */
  public boolean isOpen() {
    return state == PaymentState.CREATED || state == PaymentState.PREPAID;
  }

  private void moveTo(PaymentState next) {
    PaymentState.TABLE.check(state, next);
    state = next;
  }

  public PaymentId id() {
    return new PaymentId(id);
  }

  /** out_trade_no. */
  public String number() {
    return PaymentNumbers.of(id());
  }

  public TradeId tradeId() {
    return new TradeId(tradeId);
  }

  public UUID memberId() {
    return memberId;
  }

  public Provider provider() {
    return provider;
  }

  public String openid() {
    return openid;
  }

  public PaymentState state() {
    return state;
  }

  public Money amount() {
    return amount;
  }

  public String transactionId() {
    return transactionId;
  }

  public boolean kept() {
    return kept;
  }

  /** Null until it did. */
  public Instant succeededAt() {
    return succeededAt;
  }

  public Instant dueAt() {
    return dueAt;
  }
}
