package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.Actor;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What finance decided about a refund: who, when, and why. Written once. */
@Entity
@Table(name = "refund_decision")
public class RefundDecision {

  /** What was decided. */
  public enum Kind {
    RETRIED,
    /** The provider was told to pay the member's bank card. */
    SENT_TO_BANK_CARD,
    /** The provider was told to give the money back to the merchant. */
    RETURNED_TO_MERCHANT,
    PAID_OTHERWISE
  }

  @Id private UUID id;

  /** The first of the batch that it is about. */
  @Column(name = "refund_id", updatable = false)
  private UUID refundId;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private Kind kind;

  @Column(updatable = false)
  private Instant at;

  @Column(name = "by_whom", updatable = false)
  private String by;

  @Column(updatable = false)
  private String reference;

  @Column(updatable = false)
  private String note;

  protected RefundDecision() {}

  /**
   * @param reference of the other payment, or the masked end of the card; empty for none
   */
  RefundDecision(
      UUID id, Refund first, Kind kind, String reference, String note, Actor by, Instant at) {
    this.id = id;
    this.refundId = first.sentWith().value();
    this.kind = kind;
    this.reference = reference;
    this.note = note;
    this.by = by.text();
    this.at = at;
  }
}
