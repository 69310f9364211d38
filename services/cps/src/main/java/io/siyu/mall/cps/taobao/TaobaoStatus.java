package io.siyu.mall.cps.taobao;

import io.siyu.mall.cps.order.Clawback;
import io.siyu.mall.cps.order.CpsOrderState;
import java.util.Map;
import java.util.Optional;

/** What Taobao's states mean. */
final class TaobaoStatus {

  /** {@code tk_status}. */
  private static final Map<Integer, CpsOrderState> ORDERS =
      Map.of(
          12, CpsOrderState.PAID,
          14, CpsOrderState.RECEIVED,
          3, CpsOrderState.SETTLED,
          13, CpsOrderState.INVALID);

  /**
   * {@code refund_status}: 4 raised, 2 granted, 3 refused, 11 several disputes and none decided; 12
   * and 13 to be and was deducted from the publisher, 14 and 15 from the seller, which costs the
   * publisher nothing.
   */
  private static final Map<Integer, Clawback.State> CLAWBACKS =
      Map.of(
          4, Clawback.State.OPEN,
          3, Clawback.State.DROPPED,
          2, Clawback.State.EFFECTIVE,
          11, Clawback.State.OPEN,
          12, Clawback.State.EFFECTIVE,
          13, Clawback.State.EFFECTIVE,
          14, Clawback.State.DROPPED,
          15, Clawback.State.DROPPED);

  private TaobaoStatus() {}

  /** Empty for a state that the documents do not have. */
  static Optional<CpsOrderState> order(int tkStatus) {
    return Optional.ofNullable(ORDERS.get(tkStatus));
  }

  static Optional<Clawback.State> clawback(int refundStatus) {
    return Optional.ofNullable(CLAWBACKS.get(refundStatus));
  }
}
