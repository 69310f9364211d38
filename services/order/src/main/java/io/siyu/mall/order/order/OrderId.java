package io.siyu.mall.order.order;

import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** Id of an order. */
public record OrderId(UUID value) {

  /** A new one. */
  public static OrderId next() {
    return new OrderId(Ids.next());
  }

  /**
   * Reads the field {@code order_id} of a request.
   *
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT when it is no id
   */
  public static OrderId parse(String text) {
    return new OrderId(Ids.parse("order_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
