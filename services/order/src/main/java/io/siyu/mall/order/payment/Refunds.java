package io.siyu.mall.order.payment;

import io.smallrye.mutiny.Uni;

/** Where refunds are kept. All of it happens in the transaction that is open. */
public interface Refunds {

  String REFUND_NOT_FOUND = "REFUND_NOT_FOUND";

  /**
   * The refund, locked until the transaction ends. Whoever needs its order too locks the order
   * first.
   *
   * @return fails with NOT_FOUND, REFUND_NOT_FOUND
   */
  Uni<Refund> lock(RefundId id);

  Uni<Void> add(Refund refund);
}
