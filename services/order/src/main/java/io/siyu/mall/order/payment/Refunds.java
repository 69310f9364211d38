package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.TradeId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** Where refunds are kept. All of it happens in the transaction that is open. */
public interface Refunds {

  String REFUND_NOT_FOUND = "REFUND_NOT_FOUND";

  /**
   * The refunds, locked until the transaction ends, in the order of their ids. Whoever needs their
   * orders too locks the orders first.
   *
   * @return fails with NOT_FOUND, REFUND_NOT_FOUND when one of them is missing
   */
  Uni<List<Refund>> lock(List<RefundId> ids);

  /** All refunds of a payment, locked with the payment's trade. */
  Uni<List<Refund>> lockOf(TradeId trade, PaymentId payment);

  Uni<Void> add(Refund refund);

  /** Notes a decision. Answers false, and does nothing, when it is there already. */
  Uni<Boolean> add(RefundDecision decision, UUID id);
}
