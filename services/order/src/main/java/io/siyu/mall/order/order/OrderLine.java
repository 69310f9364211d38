package io.siyu.mall.order.order;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;

/**
 * One line of an order, and where its units are: of {@code quantity} some were shipped, some
 * withdrawn (refunded before they shipped). Towards a refund a unit is first claimed by a case,
 * then refunding, then refunded; claimed + refunding + refunded ≤ quantity. Held back are the
 * unshipped ones among the claimed and refunding.
 */
@Entity
@Table(name = "order_line")
public class OrderLine {

  @Id private UUID id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "order_id", updatable = false)
  private Order order;

  @Column(updatable = false)
  private int position;

  @Column(name = "sku_id", updatable = false)
  private UUID skuId;

  @Column(name = "product_id", updatable = false)
  private UUID productId;

  @Column(updatable = false)
  private String title;

  @Column(name = "spec_text", updatable = false)
  private String specText;

  @Column(name = "cover_url", updatable = false)
  private String coverUrl;

  @Column(updatable = false)
  private long quantity;

  @Column(name = "unit_price", updatable = false)
  private Money unitPrice;

  @Convert(converter = ReductionsConverter.class)
  @Column(updatable = false, columnDefinition = "TEXT")
  private List<Reduction> reductions;

  @Column(updatable = false)
  private Money paid;

  @Column(name = "after_sale_days", updatable = false)
  private int afterSaleDays;

  @Column(updatable = false, columnDefinition = "BLOB")
  private byte[] attribution;

  @Column(name = "distributor_id", updatable = false)
  private UUID distributorId;

  @Column(name = "shipped_quantity")
  private long shippedQuantity;

  @Column(name = "withdrawn_quantity")
  private long withdrawnQuantity;

  @Column(name = "claimed_quantity")
  private long claimedQuantity;

  @Column(name = "held_back_quantity")
  private long heldBackQuantity;

  /** Of the claimed units, those that may ship although their case could still be escalated. */
  @Column(name = "let_go_quantity")
  private long letGoQuantity;

  @Column(name = "refunding_quantity")
  private long refundingQuantity;

  @Column(name = "refunding_amount")
  private Money refundingAmount;

  @Column(name = "refunded_quantity")
  private long refundedQuantity;

  @Column(name = "refunded_amount")
  private Money refundedAmount;

  @Column(name = "restocked_quantity")
  private long restockedQuantity;

  protected OrderLine() {}

  OrderLine(Order order, int position, OrderDraft.Line draft) {
    this.id = draft.id();
    this.order = order;
    this.position = position;
    this.skuId = draft.skuId();
    this.productId = draft.productId();
    this.title = draft.title();
    this.specText = draft.specText();
    this.coverUrl = draft.coverUrl();
    this.quantity = draft.quantity();
    this.unitPrice = draft.unitPrice();
    this.reductions = List.copyOf(draft.reductions());
    this.paid = draft.payable();
    this.afterSaleDays = draft.afterSaleDays();
    this.attribution = draft.attribution().encoded();
    this.distributorId = draft.attribution().distributorId();
    this.refundingAmount = Money.ZERO;
    this.refundedAmount = Money.ZERO;
    if (quantity <= 0 || paid.isNegative()) {
      throw new IllegalArgumentException("a line of " + quantity + " for " + paid);
    }
  }

  /** Units that have not left and may still have to: those held back for a case among them. */
  public long unshipped() {
    return quantity - shippedQuantity - withdrawnQuantity;
  }

  /** Units that can ship now: what an open case claims stays. */
  public long shippable() {
    return unshipped() - heldBackQuantity;
  }

  /** Units that no case has claimed and no refund has taken. */
  public long claimable() {
    return quantity - claimedQuantity - refundingQuantity - refundedQuantity;
  }

  public boolean fullyRefunded() {
    return refundedQuantity == quantity;
  }

  /** What {@code units} more would give back, were they refunded now. */
  public Money shareOf(long units) {
    long before = refundingQuantity + refundedQuantity;
    return cumulative(before + units).minus(cumulative(before));
  }

  void ship(long units) {
    if (units > unshipped()) {
      throw DomainException.precondition(
              "LINE_ALREADY_SHIPPED",
              "only " + unshipped() + " units are left to ship, not " + units)
          .with("order_line_id", id)
          .with("shippable", shippable());
    }
    if (units > shippable()) {
      throw DomainException.precondition(
              "LINE_UNDER_REFUND",
              heldBackQuantity
                  + " units stay while a refund is under way: "
                  + shippable()
                  + " can ship, not "
                  + units)
          .with("order_line_id", id)
          .with("shippable", shippable());
    }
    shippedQuantity += units;
  }

  /** Shipped units that no case has claimed and no refund has taken. */
  long returnable() {
    long unshippedTaken =
        heldBackQuantity + withdrawnQuantity + Math.min(letGoQuantity, shippable());
    return shippedQuantity - (quantity - claimable() - unshippedTaken);
  }

  /**
   * A case claims units: unshipped ones first, unless they are to come back.
   *
   * @return how many of them have not shipped
   */
  long claim(long units, boolean returning) {
    if (units > claimable()) {
      throw DomainException.precondition(
              "NOTHING_LEFT_TO_REFUND",
              "only " + claimable() + " units are neither refunded nor in a case, not " + units)
          .with("order_line_id", id);
    }
    claimedQuantity += units;
    return returning ? 0 : holdBack(units);
  }

  /**
   * Of units that a case claims, those that have not shipped stay.
   *
   * @return how many of them have not shipped
   */
  long holdBack(long units) {
    long unshipped = Math.min(units, shippable());
    heldBackQuantity += unshipped;
    return unshipped;
  }

  /** Units that were held back may ship, though a case still claims them. */
  void letGo(long heldBack) {
    heldBackQuantity -= heldBack;
    letGoQuantity += heldBack;
  }

  /**
   * Units that were let go stay again, as far as they have not shipped.
   *
   * @return how many of them have not shipped
   */
  long holdBackAgain(long letGo) {
    letGoQuantity -= letGo;
    return holdBack(letGo);
  }

  void unclaim(long units, long heldBack, long letGo) {
    claimedQuantity -= check(units, claimedQuantity);
    heldBackQuantity -= heldBack;
    letGoQuantity -= letGo;
  }

  /** From claimed to refunding; the amount is the share of these units, so that all add up. */
  Money beginRefund(long units) {
    Money amount = shareOf(units);
    claimedQuantity -= check(units, claimedQuantity);
    refundingQuantity += units;
    refundingAmount = refundingAmount.plus(amount);
    return amount;
  }

  void finishRefund(long units, Money amount, long withdrawn, long restocked) {
    refundingQuantity -= check(units, refundingQuantity);
    refundingAmount = refundingAmount.minus(amount);
    refundedQuantity += units;
    refundedAmount = refundedAmount.plus(amount);
    heldBackQuantity -= withdrawn;
    withdrawnQuantity += withdrawn;
    restockedQuantity += restocked;
    if (refundedAmount.plus(refundingAmount).compareTo(paid) > 0 || refundingAmount.isNegative()) {
      throw new IllegalStateException("line " + id + " would refund more than was paid");
    }
  }

  private Money cumulative(long units) {
    return paid.portion(units, quantity, RoundingMode.FLOOR);
  }

  private static long check(long units, long of) {
    if (units <= 0 || units > of) {
      throw new IllegalStateException(units + " units of " + of);
    }
    return units;
  }

  public UUID id() {
    return id;
  }

  public int position() {
    return position;
  }

  public UUID skuId() {
    return skuId;
  }

  public UUID productId() {
    return productId;
  }

  public String title() {
    return title;
  }

  public String specText() {
    return specText;
  }

  public String coverUrl() {
    return coverUrl;
  }

  public long quantity() {
    return quantity;
  }

  public Money unitPrice() {
    return unitPrice;
  }

  public List<Reduction> reductions() {
    return reductions;
  }

  /** What was, or is to be, paid for the line, without freight. */
  public Money paid() {
    return paid;
  }

  public int afterSaleDays() {
    return afterSaleDays;
  }

  public AttributionSnapshot attribution() {
    return new AttributionSnapshot(attribution, distributorId);
  }

  public long shippedQuantity() {
    return shippedQuantity;
  }

  public long claimedQuantity() {
    return claimedQuantity;
  }

  public long refundingQuantity() {
    return refundingQuantity;
  }

  public Money refundingAmount() {
    return refundingAmount;
  }

  public long refundedQuantity() {
    return refundedQuantity;
  }

  public Money refundedAmount() {
    return refundedAmount;
  }

  public long restockedQuantity() {
    return restockedQuantity;
  }
}
