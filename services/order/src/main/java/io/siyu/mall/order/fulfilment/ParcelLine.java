package io.siyu.mall.order.fulfilment;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Objects;
import java.util.UUID;

/** Units of an order line in a parcel. */
@Embeddable
public class ParcelLine {

  @Column(name = "order_line_id")
  private UUID orderLineId;

  private long quantity;

  protected ParcelLine() {}

  public ParcelLine(UUID orderLineId, long quantity) {
    this.orderLineId = orderLineId;
    this.quantity = quantity;
  }

  public UUID orderLineId() {
    return orderLineId;
  }

  public long quantity() {
    return quantity;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParcelLine that
        && that.orderLineId.equals(orderLineId)
        && that.quantity == quantity;
  }

  @Override
  public int hashCode() {
    return Objects.hash(orderLineId, quantity);
  }
}
