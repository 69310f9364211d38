package io.siyu.mall.order.payment;

import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** Id of a refund. */
public record RefundId(UUID value) {

  /** A new one. */
  public static RefundId next() {
    return new RefundId(Ids.next());
  }

  /**
   * Reads the field {@code refund_id} of a request.
   *
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT when it is no id
   */
  public static RefundId parse(String text) {
    return new RefundId(Ids.parse("refund_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
