package io.siyu.mall.order.aftersale;

import static io.siyu.mall.order.aftersale.AfterSaleState.APPLIED;
import static io.siyu.mall.order.aftersale.AfterSaleState.APPROVED;
import static io.siyu.mall.order.aftersale.AfterSaleState.ARBITRATION;
import static io.siyu.mall.order.aftersale.AfterSaleState.RETURNING;

import io.siyu.mall.order.order.Actor;
import io.siyu.mall.order.order.Order;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.state.Transitions;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a member wants back for some units of an order line, and how far that got. Each verb answers
 * what has to follow at the order; both are saved together.
 */
@Entity
@Table(name = "after_sale_case")
public class AfterSaleCase {

  @Id private UUID id;

  @Column(name = "case_no", updatable = false)
  private String caseNo;

  @Column(name = "order_id", updatable = false)
  private UUID orderId;

  @Column(name = "order_line_id", updatable = false)
  private UUID orderLineId;

  @Column(name = "member_id", updatable = false)
  private UUID memberId;

  @Column(name = "brand_code", updatable = false)
  private String brandCode;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private AfterSaleKind kind;

  @Enumerated(EnumType.STRING)
  private AfterSaleState state = APPLIED;

  @Column(updatable = false)
  private long quantity;

  @Column(name = "unshipped_quantity")
  private long unshippedQuantity;

  @Column(name = "let_go_quantity")
  private long letGoQuantity;

  @Column(name = "refund_amount")
  private Money refundAmount;

  @Column(name = "reason_code", updatable = false)
  private String reasonCode;

  @Column(updatable = false)
  private String note;

  @Convert(converter = TextListConverter.class)
  @Column(name = "picture_urls", updatable = false, columnDefinition = "TEXT")
  private List<String> pictureUrls;

  @Column(name = "decision_reason")
  private String decisionReason;

  @Convert(converter = TextListConverter.class)
  @Column(name = "evidence_urls", columnDefinition = "TEXT")
  private List<String> evidenceUrls = List.of();

  @Column(name = "return_carrier")
  private String returnCarrier;

  @Column(name = "return_tracking_number")
  private String returnTrackingNumber;

  @Column(columnDefinition = "TINYINT")
  private boolean restock;

  @Column(name = "refund_id")
  private UUID refundId;

  @Column(name = "opened_at", updatable = false)
  private Instant openedAt;

  @Column(name = "ended_at")
  private Instant endedAt;

  @Column(name = "due_at")
  private Instant dueAt;

  @Version private long version;

  @Transient private final List<CaseEntry> entries = new ArrayList<>();

  protected AfterSaleCase() {}

  /**
   * A case that waits for the seller's answer.
   *
   * @param unshipped how many of the units have not shipped, as the order said when they were
   *     claimed
   * @param estimate what the units would give back now; fixed when the refund begins
   */
  public static AfterSaleCase open(
      CaseId id,
      String caseNo,
      Order order,
      CaseDraft draft,
      long unshipped,
      Money estimate,
      Actor by,
      Instant now,
      Duration patience) {
    AfterSaleCase opened = new AfterSaleCase();
    opened.id = id.value();
    opened.caseNo = caseNo;
    opened.orderId = order.id().value();
    opened.orderLineId = draft.orderLineId();
    opened.memberId = order.memberId();
    opened.brandCode = order.brandCode();
    opened.kind = draft.kind();
    opened.quantity = draft.quantity();
    opened.unshippedQuantity = unshipped;
    opened.refundAmount = estimate;
    opened.reasonCode = draft.reasonCode();
    opened.note = draft.note();
    opened.pictureUrls = draft.pictureUrls();
    opened.openedAt = now;
    opened.dueAt = now.plus(patience);
    opened.tell("OPENED", by, draft.note(), now);
    return opened;
  }

  /** The seller agrees (or was silent): a refund begins, or the goods may come back. */
  OrderConsequence approve(String why, Actor by, Instant now, Duration patience) {
    require(APPLIED, kind == AfterSaleKind.REFUND_ONLY ? AfterSaleState.REFUNDING : APPROVED);
    tell("APPROVED", by, why, now);
    if (kind == AfterSaleKind.REFUND_ONLY) {
      return OrderConsequence.REFUND;
    }
    moveTo(APPROVED, now.plus(patience));
    return OrderConsequence.NOTHING;
  }

  /** The seller does not agree. */
  OrderConsequence reject(String why, Actor by, Instant now, Duration patience) {
    require(APPLIED, AfterSaleState.REJECTED);
    moveTo(AfterSaleState.REJECTED, now.plus(patience));
    decisionReason = why;
    tell("REJECTED", by, why, now);
    return OrderConsequence.LET_GO;
  }

  /** The member has sent the goods. */
  OrderConsequence sendReturn(
      String carrier, String trackingNumber, Actor by, Instant now, Duration patience) {
    moveTo(RETURNING, now.plus(patience));
    returnCarrier = carrier;
    returnTrackingNumber = trackingNumber;
    tell("RETURN_SENT", by, carrier + " " + trackingNumber, now);
    return OrderConsequence.NOTHING;
  }

  /** The seller has the goods and accepts them. */
  OrderConsequence receiveReturn(boolean sellable, Actor by, Instant now) {
    require(RETURNING, AfterSaleState.RETURN_RECEIVED);
    moveTo(AfterSaleState.RETURN_RECEIVED, null);
    restock = sellable;
    tell("RETURN_RECEIVED", by, sellable ? "可再次销售" : "不可再次销售", now);
    return OrderConsequence.REFUND;
  }

  /** The seller has the goods and does not accept them. */
  OrderConsequence refuseReturn(
      String why, List<String> evidence, Actor by, Instant now, Duration patience) {
    require(RETURNING, AfterSaleState.RETURN_RECEIVED);
    moveTo(AfterSaleState.RETURN_RECEIVED, null);
    moveTo(AfterSaleState.REFUSED, now.plus(patience));
    decisionReason = why;
    evidenceUrls = List.copyOf(evidence);
    tell("REFUSED", by, why, now);
    return OrderConsequence.NOTHING;
  }

  /** The member asks the platform, which promises to decide in time. */
  OrderConsequence escalate(String why, Actor by, Instant now, Duration patience) {
    moveTo(ARBITRATION, now.plus(patience));
    tell("ESCALATED", by, why, now);
    return kind == AfterSaleKind.REFUND_ONLY
        ? OrderConsequence.HOLD_BACK
        : OrderConsequence.NOTHING;
  }

  /** The platform has decided. */
  OrderConsequence arbitrate(boolean refund, String why, Actor by, Instant now) {
    require(ARBITRATION, refund ? AfterSaleState.REFUNDING : AfterSaleState.CLOSED);
    decisionReason = why;
    tell(refund ? "ARBITRATED_REFUND" : "ARBITRATED_NO_REFUND", by, why, now);
    return refund ? OrderConsequence.REFUND : end(AfterSaleState.CLOSED, now);
  }

  /** The member wants nothing any more. */
  OrderConsequence cancel(Actor by, Instant now) {
    OrderConsequence follow = end(AfterSaleState.CANCELLED, now);
    tell("CANCELLED", by, "", now);
    return follow;
  }

  /** Does what happens by itself once its time has come; nothing before. */
  OrderConsequence passTime(Instant now, AfterSaleConfig config) {
    if (dueAt == null || now.isBefore(dueAt)) {
      return OrderConsequence.NOTHING;
    }
    return switch (state) {
      case APPLIED -> approve("商家逾期未处理", Actor.SYSTEM, now, config.memberReturn());
      case RETURNING -> receiveReturn(false, Actor.SYSTEM, now);
      case APPROVED, REJECTED, REFUSED -> {
        tell("CLOSED", Actor.SYSTEM, "逾期未操作", now);
        yield end(AfterSaleState.CLOSED, now);
      }
      default -> OrderConsequence.NOTHING;
    };
  }

  /** The refund was made; the amount is final. */
  void refunding(UUID refund, Money amount, Instant now) {
    moveTo(AfterSaleState.REFUNDING, null);
    refundId = refund;
    refundAmount = amount;
    tell("REFUNDING", Actor.SYSTEM, amount.toString(), now);
  }

  /** The refund was paid. */
  void complete(Instant now) {
    end(AfterSaleState.COMPLETED, now);
    tell("COMPLETED", Actor.SYSTEM, "", now);
  }

  /** Its unshipped units no longer stay. */
  void letsGo() {
    letGoQuantity = unshippedQuantity;
    unshippedQuantity = 0;
  }

  /** So many of its units have not shipped, and stay again. */
  void holdsBack(long units) {
    unshippedQuantity = units;
    letGoQuantity = 0;
  }

  /** Units that can be sold again once the refund is paid. */
  long restockable() {
    return kind == AfterSaleKind.REFUND_ONLY ? unshippedQuantity : restock ? quantity : 0;
  }

  List<CaseEntry> drainEntries() {
    List<CaseEntry> drained = List.copyOf(entries);
    entries.clear();
    return drained;
  }

  private OrderConsequence end(AfterSaleState last, Instant now) {
    moveTo(last, null);
    endedAt = now;
    return OrderConsequence.RELEASE;
  }

  /** Some states are reached from several; this verb starts from one alone. */
  private void require(AfterSaleState from, AfterSaleState to) {
    if (state != from) {
      throw DomainException.precondition(
              Transitions.ILLEGAL_TRANSITION,
              "AfterSaleState cannot go from " + state + " to " + to + " by this")
          .with("state", AfterSaleState.class.getSimpleName())
          .with("from", state)
          .with("to", to);
    }
  }

  private void moveTo(AfterSaleState next, Instant due) {
    AfterSaleState.TABLE.check(state, next);
    state = next;
    dueAt = due;
  }

  private void tell(String what, Actor by, String text, Instant now) {
    entries.add(new CaseEntry(id, what, now, by, text));
  }

  public CaseId id() {
    return new CaseId(id);
  }

  public UUID orderLineId() {
    return orderLineId;
  }

  public AfterSaleKind kind() {
    return kind;
  }

  public AfterSaleState state() {
    return state;
  }

  public long quantity() {
    return quantity;
  }

  /** Units of it that have not shipped and stay. */
  public long unshippedQuantity() {
    return unshippedQuantity;
  }

  /** Units of it that may ship since the seller said no. */
  public long letGoQuantity() {
    return letGoQuantity;
  }

  public Money refundAmount() {
    return refundAmount;
  }

  public String reasonCode() {
    return reasonCode;
  }

  public UUID refundId() {
    return refundId;
  }

  public Instant dueAt() {
    return dueAt;
  }
}
