package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.TradeId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

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
   * The order whose line it refunds; empty for a payment given back whole.
   *
   * @return fails with NOT_FOUND, REFUND_NOT_FOUND
   */
  Uni<Optional<OrderId>> orderOf(RefundId id);

  /**
   * What is to be sent for a refund.
   *
   * @return fails with NOT_FOUND, REFUND_NOT_FOUND
   */
  Uni<PendingRefund> pending(RefundId id);

  /** A refund as it has to be sent, and where it stands. */
  record PendingRefund(RefundState state, PaymentProvider.RefundOrder order) {}
}
