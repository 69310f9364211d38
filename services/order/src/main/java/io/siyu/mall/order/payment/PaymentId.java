package io.siyu.mall.order.payment;

import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** Id of a payment. */
public record PaymentId(UUID value) {

  /** A new one. */
  public static PaymentId next() {
    return new PaymentId(Ids.next());
  }

  /**
   * Reads the field {@code payment_id} of a request.
   *
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT when it is no id
   */
  public static PaymentId parse(String text) {
    return new PaymentId(Ids.parse("payment_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
