package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.TradeId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/**
 * What of payments never changes, or is only a hint: read before a transaction, so that the
 * transaction can begin with the right lock.
 */
public interface PaymentLookup {

  /**
   * @return fails with NOT_FOUND, PAYMENT_NOT_FOUND
   */
  Uni<TradeId> tradeOf(PaymentId id);

  /** The trade's payments that are CREATED or PREPAID. */
  Uni<List<PaymentId>> openOf(TradeId trade);

  /**
   * The refunds that go to the provider with one; itself alone until that is planned.
   *
   * @return fails with NOT_FOUND, REFUND_NOT_FOUND
   */
  Uni<Batch> batchOf(RefundId id);

  /**
   * Refunds that go to the provider as one.
   *
   * @param first whose number they go under
   * @param orders whose lines they refund, in the order of locks; none for a payment given back
   *     whole
   * @param providerRefundId null when the provider never took it
   * @param sentAt when the provider was last told; null for never
   */
  record Batch(
      RefundId first,
      TradeId trade,
      PaymentId payment,
      List<RefundId> refunds,
      List<OrderId> orders,
      String providerRefundId,
      Instant sentAt,
      boolean toMerchant) {}
}
