package io.siyu.mall.order.order;

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

/** One checkout: one payment for one order per brand. */
@Entity
@Table(name = "trade")
public class Trade {

  @Id private UUID id;

  @Column(name = "member_id", updatable = false)
  private UUID memberId;

  @Enumerated(EnumType.STRING)
  private TradeState state = TradeState.PENDING_PAYMENT;

  @Column(updatable = false)
  private Money payable;

  /** Its number among the member's trades. */
  @Column(name = "member_sequence", updatable = false)
  private Long memberSequence;

  @Column(name = "placed_at", updatable = false)
  private Instant placedAt;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  /** When the timeout job looks at it next; null once it no longer waits. */
  @Column(name = "due_at")
  private Instant dueAt;

  /** The payment that paid it; any other that succeeds is given back. */
  @Column(name = "payment_id")
  private UUID paymentId;

  @Column(name = "paid_at")
  private Instant paidAt;

  @Column(name = "cancelled_at")
  private Instant cancelledAt;

  @Column(name = "cancel_reason")
  private String cancelReason;

  @Version private long version;

  protected Trade() {}

  /**
   * A trade that waits {@code patience} for its payment.
   *
   * @param memberSequence its number among the member's trades; of two that are placed at once with
   *     the same one the database refuses the second
   */
  public static Trade place(
      TradeId id,
      UUID memberId,
      long memberSequence,
      Money payable,
      Instant now,
      Duration patience) {
    if (!payable.isPositive()) {
      throw new IllegalArgumentException("nothing to pay");
    }
    Trade trade = new Trade();
    trade.id = id.value();
    trade.memberId = memberId;
    trade.memberSequence = memberSequence;
    trade.payable = payable;
    trade.placedAt = now;
    trade.expiresAt = now.plus(patience);
    trade.dueAt = trade.expiresAt;
    return trade;
  }

  /**
   * The payment came.
   *
   * @throws io.siyu.mall.platform.error.DomainException ILLEGAL_TRANSITION unless it waits
   */
  public void pay(UUID byPayment, Instant now) {
    moveTo(TradeState.PAID);
    paymentId = byPayment;
    paidAt = now;
  }

  /**
   * It will not be paid. Whoever calls has closed its payments at the provider before.
   *
   * @throws io.siyu.mall.platform.error.DomainException ILLEGAL_TRANSITION unless it waits
   */
  public void cancel(String reason, Instant now) {
    moveTo(TradeState.CANCELLED);
    cancelReason = reason;
    cancelledAt = now;
  }

  public boolean waits() {
    return state == TradeState.PENDING_PAYMENT;
  }

  private void moveTo(TradeState next) {
    TradeState.TABLE.check(state, next);
    state = next;
    dueAt = null;
  }

  public TradeId id() {
    return new TradeId(id);
  }

  public UUID memberId() {
    return memberId;
  }

  public Long memberSequence() {
    return memberSequence;
  }

  public TradeState state() {
    return state;
  }

  public Money payable() {
    return payable;
  }

  public Instant placedAt() {
    return placedAt;
  }

  public Instant expiresAt() {
    return expiresAt;
  }

  public Instant dueAt() {
    return dueAt;
  }

  public UUID paymentId() {
    return paymentId;
  }

  public Instant paidAt() {
    return paidAt;
  }
}
