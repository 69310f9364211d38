package io.siyu.mall.order.order;

import io.siyu.mall.platform.id.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What people read of an order's history; written once, in the order of its ids. */
@Entity
@Table(name = "order_timeline")
public class TimelineEntry {

  @Id private UUID id;

  @Column(name = "order_id", updatable = false)
  private UUID orderId;

  @Column(updatable = false)
  private String kind;

  @Column(updatable = false)
  private Instant at;

  @Column(name = "by_whom", updatable = false)
  private String by;

  @Column(updatable = false)
  private String text;

  protected TimelineEntry() {}

  TimelineEntry(UUID orderId, String kind, Instant at, Actor by, String text) {
    this.id = Ids.next();
    this.orderId = orderId;
    this.kind = kind;
    this.at = at;
    this.by = by.text();
    this.text = text;
  }

  /** The entry for an event. */
  public static TimelineEntry of(OrderId order, OrderEvent event) {
    UUID id = order.value();
    Instant at = event.at();
    Actor by = event.by();
    // Java 17: no pattern switch yet.
    if (event instanceof OrderEvent.Placed) {
      return new TimelineEntry(id, "PLACED", at, by, "订单已提交");
    } else if (event instanceof OrderEvent.Paid) {
      return new TimelineEntry(id, "PAID", at, by, "已付款");
    } else if (event instanceof OrderEvent.Cancelled e) {
      return new TimelineEntry(id, "CANCELLED", at, by, "订单已取消：" + e.reason());
    } else if (event instanceof OrderEvent.ParcelShipped e) {
      String kind = e.whole() ? "SHIPPED" : "PARTIALLY_SHIPPED";
      return new TimelineEntry(id, kind, at, by, e.label().toString());
    } else if (event instanceof OrderEvent.ParcelCorrected e) {
      String text = "运单更正：" + e.before() + " → " + e.after() + because(e.reason());
      return new TimelineEntry(id, "PARCEL_CORRECTED", at, by, text);
    } else if (event instanceof OrderEvent.AddressChanged e) {
      String text = "收货地址改为 " + e.hint() + because(e.reason());
      return new TimelineEntry(id, "ADDRESS_CHANGED", at, by, text);
    } else if (event instanceof OrderEvent.Received) {
      return new TimelineEntry(id, "RECEIVED", at, by, "已收货");
    } else if (event instanceof OrderEvent.Completed) {
      return new TimelineEntry(id, "COMPLETED", at, by, "交易完成");
    } else if (event instanceof OrderEvent.CaseOpened e) {
      return new TimelineEntry(id, "AFTER_SALE_OPENED", at, by, "申请售后 " + e.quantity() + " 件");
    } else if (event instanceof OrderEvent.CaseEnded) {
      return new TimelineEntry(id, "AFTER_SALE_ENDED", at, by, "售后结束");
    } else if (event instanceof OrderEvent.LineRefunded e) {
      return new TimelineEntry(id, "REFUNDED", at, by, "已退款 " + e.quantity() + " 件，" + e.amount());
    }
    return new TimelineEntry(id, "CLOSED", at, by, "全部退款，订单关闭");
  }

  private static String because(String reason) {
    return reason.isEmpty() ? "" : "（" + reason + "）";
  }

  public UUID id() {
    return id;
  }

  public UUID orderId() {
    return orderId;
  }

  public String kind() {
    return kind;
  }

  public Instant at() {
    return at;
  }

  public String by() {
    return by;
  }

  public String text() {
    return text;
  }
}
