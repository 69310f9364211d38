package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.TradeId;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Where payments are kept. All of it happens in the transaction that is open, with the payment's
 * trade locked.
 */
public interface Payments {

  String PAYMENT_NOT_FOUND = "PAYMENT_NOT_FOUND";

  /**
   * @return fails with NOT_FOUND, PAYMENT_NOT_FOUND
   */
  Uni<Payment> get(PaymentId id);

  /** Oldest first. */
  Uni<List<Payment>> ofTrade(TradeId trade);

  Uni<Void> add(Payment payment);
}
