package io.siyu.mall.order.fulfilment;

import io.siyu.mall.platform.id.Ids;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One shipment of some units of an order. Its content never changes; its label can be set right.
 */
@Entity
@Table(name = "parcel")
public class Parcel {

  @Id private UUID id;

  @Column(name = "order_id", updatable = false)
  private UUID orderId;

  private String carrier;

  @Column(name = "tracking_number")
  private String trackingNumber;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "parcel_line", joinColumns = @JoinColumn(name = "parcel_id"))
  private Set<ParcelLine> lines = new HashSet<>();

  @Column(name = "shipped_at", updatable = false)
  private Instant shippedAt;

  protected Parcel() {}

  /** A parcel that leaves now. */
  public Parcel(UUID orderId, Label label, List<ParcelLine> lines, Instant now) {
    this.id = Ids.next();
    this.orderId = orderId;
    relabel(label);
    this.lines = new HashSet<>(lines);
    this.shippedAt = now;
  }

  /** Sets the label right. */
  public void relabel(Label label) {
    this.carrier = label.carrier();
    this.trackingNumber = label.trackingNumber();
  }

  public UUID id() {
    return id;
  }

  public UUID orderId() {
    return orderId;
  }

  public Label label() {
    return new Label(carrier, trackingNumber);
  }

  public Set<ParcelLine> lines() {
    return Set.copyOf(lines);
  }

  public Instant shippedAt() {
    return shippedAt;
  }
}
