package io.siyu.mall.order.order;

import io.siyu.mall.order.fulfilment.Label;
import io.siyu.mall.order.fulfilment.Parcel;
import io.siyu.mall.order.fulfilment.ParcelLine;
import io.siyu.mall.order.fulfilment.Shipment;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One brand's share of a trade: what was bought, for how much, and where it is. It guards what
 * concerns several of its lines: shipping, after-sale claims, refunds, and the state that follows
 * from them. Its row is the lock for all of it.
 */
@Entity
@Table(name = "orders")
public class Order {

  @Id private UUID id;

  @Column(name = "order_no", updatable = false)
  private String orderNo;

  @Column(name = "trade_id", updatable = false)
  private UUID tradeId;

  @Column(name = "member_id", updatable = false)
  private UUID memberId;

  @Column(name = "brand_id", updatable = false)
  private UUID brandId;

  @Column(name = "brand_code", updatable = false)
  private String brandCode;

  @Column(name = "brand_name", updatable = false)
  private String brandName;

  @Enumerated(EnumType.STRING)
  private OrderState state = OrderState.PENDING_PAYMENT;

  @OneToMany(mappedBy = "order", cascade = CascadeType.ALL, fetch = FetchType.LAZY)
  @OrderBy("position")
  private List<OrderLine> lines = new ArrayList<>();

  @Column(name = "sealed_address")
  private String sealedAddress;

  @Column(name = "receiver_phone_hash")
  private String receiverPhoneHash;

  @Column(name = "goods_total", updatable = false)
  private Money goodsTotal;

  @Column(updatable = false)
  private Money freight;

  @Column(updatable = false)
  private Money payable;

  private Money refunded = Money.ZERO;

  @Column(updatable = false)
  private String note;

  @Column(name = "open_cases")
  private int openCases;

  @Column(name = "payment_id")
  private UUID paymentId;

  /** When the next thing happens by itself (receipt, completion); null for never. */
  @Column(name = "due_at")
  private Instant dueAt;

  @Embedded private OrderTimes times = new OrderTimes();

  @Version private long version;

  @Transient private final List<OrderEvent> events = new ArrayList<>();
  @Transient private final List<Parcel> newParcels = new ArrayList<>();

  protected Order() {}

  /** A new order, waiting for its trade's payment. */
  public static Order place(OrderDraft draft, Actor by, Instant now) {
    Order order = new Order();
    order.id = draft.id().value();
    order.orderNo = draft.orderNo();
    order.tradeId = draft.tradeId().value();
    order.memberId = draft.memberId();
    order.brandId = draft.brandId();
    order.brandCode = draft.brandCode();
    order.brandName = draft.brandName();
    for (OrderDraft.Line line : draft.lines()) {
      order.lines.add(new OrderLine(order, order.lines.size(), line));
    }
    order.goodsTotal = Money.sum(draft.lines().stream().map(OrderDraft.Line::payable).toList());
    order.freight = draft.freight();
    order.payable = order.goodsTotal.plus(order.freight);
    order.take(draft.receiver());
    order.note = draft.note();
    order.times.placed(now);
    order.events.add(new OrderEvent.Placed(now, by));
    return order;
  }

  /** Its trade was paid. */
  public void pay(UUID byPayment, Instant now) {
    moveTo(OrderState.PAID);
    paymentId = byPayment;
    times.paid(now);
    events.add(new OrderEvent.Paid(now, Actor.MEMBER));
  }

  /** Its trade will not be paid. */
  public void cancel(String reason, Actor by, Instant now) {
    moveTo(OrderState.CANCELLED);
    events.add(new OrderEvent.Cancelled(reason, now, by));
  }

  /**
   * Sends goods in one parcel. A shipment without lines takes all that can ship; units that an open
   * case claims stay behind.
   *
   * @param autoReceive after which the order counts as received, counted from the last parcel
   * @throws DomainException FAILED_PRECONDITION: ILLEGAL_TRANSITION, LINE_UNDER_REFUND,
   *     LINE_ALREADY_SHIPPED, NOTHING_TO_SHIP; NOT_FOUND: ORDER_LINE_NOT_FOUND
   */
  public Parcel ship(Shipment shipment, Actor by, Instant now, Duration autoReceive) {
    if (state != OrderState.PARTIALLY_SHIPPED) {
      OrderState.TABLE.check(state, OrderState.SHIPPED);
    }
    List<ParcelLine> content = new ArrayList<>();
    for (Shipment.Content wanted : contentOf(shipment)) {
      line(wanted.orderLineId()).ship(wanted.quantity());
      content.add(new ParcelLine(wanted.orderLineId(), wanted.quantity()));
    }
    Parcel parcel = new Parcel(id, shipment.label(), content, now);
    newParcels.add(parcel);
    boolean whole = nothingLeftToShip();
    if (whole) {
      becomeShipped(now, autoReceive);
    } else if (state == OrderState.PAID) {
      moveTo(OrderState.PARTIALLY_SHIPPED);
    }
    events.add(new OrderEvent.ParcelShipped(parcel.label(), whole, now, by));
    return parcel;
  }

  /**
   * Sets the label of one of its parcels right.
   *
   * @param reason for the member and the record
   * @throws DomainException FAILED_PRECONDITION NOTHING_TO_CORRECT when it says so already
   */
  public void correct(Parcel parcel, Label label, String reason, Actor by, Instant now) {
    Label before = parcel.label();
    if (before.equals(label)) {
      throw DomainException.precondition("NOTHING_TO_CORRECT", "the parcel is labelled so already");
    }
    parcel.relabel(label);
    events.add(new OrderEvent.ParcelCorrected(before, label, reason, now, by));
  }

  /**
   * Another receiver or place, as long as nothing has left.
   *
   * @param hint what the timeline may say of it
   * @param reason empty where the member asked for it
   * @throws DomainException FAILED_PRECONDITION ADDRESS_FIXED
   */
  public void changeAddress(Receiver receiver, String hint, String reason, Actor by, Instant now) {
    if (state != OrderState.PENDING_PAYMENT && state != OrderState.PAID) {
      throw DomainException.precondition(
              "ADDRESS_FIXED", "the address can change only until the first parcel leaves")
          .with("state", state);
    }
    take(receiver);
    events.add(new OrderEvent.AddressChanged(hint, reason, now, by));
  }

  private void take(Receiver receiver) {
    sealedAddress = receiver == null ? null : receiver.sealedAddress();
    receiverPhoneHash = receiver == null ? null : receiver.phoneHash();
  }

  /** The goods arrived; every line's after-sale window begins. */
  public void receive(Actor by, Instant now) {
    moveTo(OrderState.RECEIVED);
    int days = lines.stream().mapToInt(OrderLine::afterSaleDays).max().orElse(0);
    times.received(now, now.plus(Duration.ofDays(days)));
    dueAt = openCases == 0 ? times.afterSaleUntil() : null;
    events.add(new OrderEvent.Received(times.afterSaleUntil(), now, by));
  }

  /**
   * The after-sale window is over.
   *
   * @throws DomainException FAILED_PRECONDITION: AFTER_SALE_WINDOW_OPEN, AFTER_SALE_CASE_OPEN
   */
  public void complete(Instant now) {
    OrderState.TABLE.check(state, OrderState.COMPLETED);
    if (now.isBefore(times.afterSaleUntil())) {
      throw DomainException.precondition("AFTER_SALE_WINDOW_OPEN", "goods can still be returned");
    }
    if (openCases > 0) {
      throw DomainException.precondition("AFTER_SALE_CASE_OPEN", "an after-sale case is open");
    }
    moveTo(OrderState.COMPLETED);
    times.completed(now);
    events.add(new OrderEvent.Completed(payable.minus(refunded), now, Actor.SYSTEM));
  }

  /**
   * A case claims units of a line: they do not ship, and no other case can have them.
   *
   * @param returning whether the goods are to come back, which only shipped ones can
   * @param byStaff staff may also after the window and after completion
   * @return how many of the units have not shipped yet
   * @throws DomainException FAILED_PRECONDITION: AFTER_SALE_NOT_POSSIBLE, AFTER_SALE_WINDOW_OVER,
   *     NOTHING_LEFT_TO_REFUND, NOT_SHIPPED_YET
   */
  public long openCase(
      UUID caseId,
      UUID lineId,
      long units,
      boolean returning,
      boolean byStaff,
      Actor by,
      Instant now) {
    OrderLine line = line(lineId);
    ClaimRules.check(this, line, units, returning, byStaff, now);
    long unshipped = line.claim(units, returning);
    openCases++;
    if (state == OrderState.RECEIVED) {
      dueAt = null;
    }
    events.add(new OrderEvent.CaseOpened(caseId, lineId, units, now, by));
    return unshipped;
  }

  /** The seller said no to a case: what it held back may ship, unless the platform is asked. */
  public void letGo(UUID lineId, long heldBack) {
    line(lineId).letGo(heldBack);
  }

  /**
   * The platform was asked about a case: what of it has not shipped meanwhile stays again.
   *
   * @return how many of the units have not shipped
   */
  public long holdBackAgain(UUID lineId, long letGo) {
    return line(lineId).holdBackAgain(letGo);
  }

  /** A case ended without a refund: its units are free again. */
  public void abandonCase(
      UUID caseId, UUID lineId, long units, long heldBack, long letGo, Actor by, Instant now) {
    line(lineId).unclaim(units, heldBack, letGo);
    endCase(caseId, lineId, by, now);
  }

  /**
   * The units of a case are going to be refunded; nothing turns back from here. Answers how much.
   */
  public Money beginRefund(UUID lineId, long units) {
    return line(lineId).beginRefund(units);
  }

  /** The provider has paid back. */
  public void finishRefund(LineRefund refund, Instant now, Duration autoReceive) {
    OrderLine line = line(refund.lineId());
    line.finishRefund(refund.units(), refund.amount(), refund.unshipped(), refund.restocked());
    refunded = refunded.plus(refund.amount());
    events.add(refunded(line, refund, now));
    endCase(refund.caseId(), refund.lineId(), Actor.SYSTEM, now);
    if (state == OrderState.COMPLETED) {
      return;
    }
    if (lines.stream().allMatch(OrderLine::fullyRefunded)) {
      moveTo(OrderState.CLOSED);
      times.closed(now);
      events.add(new OrderEvent.Closed(now, Actor.SYSTEM));
    } else if (state == OrderState.PARTIALLY_SHIPPED && nothingLeftToShip()) {
      becomeShipped(now, autoReceive);
    }
  }

  /** What happened since it was loaded, once. */
  public List<OrderEvent> drainEvents() {
    List<OrderEvent> drained = List.copyOf(events);
    events.clear();
    return drained;
  }

  /** Parcels sent since it was loaded, once. */
  public List<Parcel> drainParcels() {
    List<Parcel> drained = List.copyOf(newParcels);
    newParcels.clear();
    return drained;
  }

  /**
   * @throws DomainException NOT_FOUND: ORDER_LINE_NOT_FOUND
   */
  public OrderLine line(UUID lineId) {
    return lines.stream()
        .filter(line -> line.id().equals(lineId))
        .findFirst()
        .orElseThrow(
            () ->
                DomainException.notFound("ORDER_LINE_NOT_FOUND", "the order has no such line")
                    .with("order_line_id", lineId));
  }

  private List<Shipment.Content> contentOf(Shipment shipment) {
    if (!shipment.lines().isEmpty()) {
      return shipment.lines();
    }
    List<Shipment.Content> all =
        lines.stream()
            .filter(line -> line.shippable() > 0)
            .map(line -> new Shipment.Content(line.id(), line.shippable()))
            .toList();
    if (all.isEmpty()) {
      throw DomainException.precondition(
          "NOTHING_TO_SHIP", "every unit was shipped or is under refund");
    }
    return all;
  }

  private boolean nothingLeftToShip() {
    return lines.stream().allMatch(line -> line.unshipped() == 0);
  }

  private void becomeShipped(Instant now, Duration autoReceive) {
    moveTo(OrderState.SHIPPED);
    times.shipped(now);
    dueAt = now.plus(autoReceive);
  }

  private void endCase(UUID caseId, UUID lineId, Actor by, Instant now) {
    openCases--;
    if (state == OrderState.RECEIVED && openCases == 0) {
      dueAt = now.isAfter(times.afterSaleUntil()) ? now : times.afterSaleUntil();
    }
    events.add(new OrderEvent.CaseEnded(caseId, lineId, now, by));
  }

  private OrderEvent refunded(OrderLine line, LineRefund refund, Instant now) {
    return new OrderEvent.LineRefunded(
        refund.refundId(),
        line.id(),
        line.skuId(),
        refund.units(),
        refund.amount(),
        refund.restocked(),
        line.refundedQuantity(),
        line.refundedAmount(),
        line.quantity(),
        line.paid(),
        state == OrderState.COMPLETED,
        now,
        Actor.SYSTEM);
  }

  private void moveTo(OrderState next) {
    OrderState.TABLE.check(state, next);
    state = next;
    dueAt = null;
  }

  public OrderId id() {
    return new OrderId(id);
  }

  public String orderNo() {
    return orderNo;
  }

  public TradeId tradeId() {
    return new TradeId(tradeId);
  }

  public UUID memberId() {
    return memberId;
  }

  public UUID brandId() {
    return brandId;
  }

  public String brandCode() {
    return brandCode;
  }

  public String brandName() {
    return brandName;
  }

  public OrderState state() {
    return state;
  }

  public List<OrderLine> lines() {
    return List.copyOf(lines);
  }

  public String sealedAddress() {
    return sealedAddress;
  }

  /** Null where nobody is to receive anything. */
  public String receiverPhoneHash() {
    return receiverPhoneHash;
  }

  public Money goodsTotal() {
    return goodsTotal;
  }

  public Money freight() {
    return freight;
  }

  public Money payable() {
    return payable;
  }

  public Money refunded() {
    return refunded;
  }

  public String note() {
    return note;
  }

  public int openCases() {
    return openCases;
  }

  public UUID paymentId() {
    return paymentId;
  }

  public Instant dueAt() {
    return dueAt;
  }

  public OrderTimes times() {
    return times;
  }

  public long version() {
    return version;
  }
}
