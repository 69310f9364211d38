package io.siyu.mall.order.order;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/** When an order reached its states; null for not yet. */
@Embeddable
public class OrderTimes {

  @Column(name = "placed_at", updatable = false)
  private Instant placedAt;

  @Column(name = "paid_at")
  private Instant paidAt;

  @Column(name = "shipped_at")
  private Instant shippedAt;

  @Column(name = "received_at")
  private Instant receivedAt;

  @Column(name = "after_sale_until")
  private Instant afterSaleUntil;

  @Column(name = "completed_at")
  private Instant completedAt;

  @Column(name = "closed_at")
  private Instant closedAt;

  void placed(Instant at) {
    placedAt = at;
  }

  void paid(Instant at) {
    paidAt = at;
  }

  void shipped(Instant at) {
    shippedAt = at;
  }

  void received(Instant at, Instant windowEnd) {
    receivedAt = at;
    afterSaleUntil = windowEnd;
  }

  void completed(Instant at) {
    completedAt = at;
  }

  void closed(Instant at) {
    closedAt = at;
  }

  public Instant placedAt() {
    return placedAt;
  }

  public Instant paidAt() {
    return paidAt;
  }

  /** When the last unit left. */
  public Instant shippedAt() {
    return shippedAt;
  }

  public Instant receivedAt() {
    return receivedAt;
  }

  /** End of the longest after-sale window of its lines. */
  public Instant afterSaleUntil() {
    return afterSaleUntil;
  }

  public Instant completedAt() {
    return completedAt;
  }

  public Instant closedAt() {
    return closedAt;
  }
}
