package io.siyu.mall.order.payment;

import io.smallrye.mutiny.Uni;

/** Whoever asked for a line's refund and has to know that it was paid. */
public interface RefundOutcomes {

  /**
   * The provider has paid the refund. In the transaction that is open, with the order locked; once
   * per refund.
   */
  Uni<Void> refunded(Refund refund);
}
