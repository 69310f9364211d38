package io.siyu.mall.sandbox.taobao;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.http.Json;
import java.time.Instant;
import java.util.Set;

/**
 * A buyer's dispute (维权) about a sub-order after it was settled: an entry of {@code
 * taobao.tbk.order.refund.get}. An order can have several, each with a number of its own.
 *
 * @param status {@code refund_status}: 4 raised, 2 granted, 3 refused, 11 several raised and none
 *     decided, 12 and 13 to be and was deducted from the publisher, 14 and 15 from the seller
 * @param decidedAt null while it is raised only
 */
record Dispute(
    String suitId,
    TaobaoOrder order,
    int status,
    Returned returned,
    Instant raisedAt,
    Instant decidedAt,
    Instant modifiedAt) {

  static final Set<Integer> STATES = Set.of(2, 3, 4, 11, 12, 13, 14, 15);
  private static final Set<Integer> UNDECIDED = Set.of(4, 11);
  private static final int REFUSED = 3;

  /**
   * What goes back, in fen.
   *
   * @param paid to the buyer
   * @param commission without the two fees
   * @param subsidy without fees
   * @param serviceFee the technical service fee on the commission
   * @param agentFee the channel's fee on the commission
   */
  record Returned(long paid, long commission, long subsidy, long serviceFee, long agentFee) {}

  /** The dispute in another state; the time of a decision stays while the decision does. */
  Dispute at(int next, Returned what, Instant when) {
    boolean sameDecision =
        decidedAt != null && (status == REFUSED) == (next == REFUSED) && isDecided(next);
    return new Dispute(
        suitId,
        order,
        next,
        what,
        raisedAt,
        sameDecision ? decidedAt : decidedAt(next, when),
        when);
  }

  static Instant decidedAt(int status, Instant when) {
    return isDecided(status) ? when : null;
  }

  private static boolean isDecided(int status) {
    return !UNDECIDED.contains(status);
  }

  /** The time that a query of the type goes by, or null if the dispute is not found by it. */
  Instant time(int queryType) {
    return switch (queryType) {
      case 1 -> raisedAt;
      case 2 -> order.earnedAt();
      case 3 -> decidedAt;
      case 4 -> order.createdAt();
      default -> modifiedAt;
    };
  }

  ObjectNode json() {
    return Json.object(
        "refund_suit_id",
        suitId,
        "tb_trade_parent_id",
        order.parentId(),
        "tb_trade_id",
        order.tradeId(),
        "tb_trade_create_time",
        TopCall.text(order.createdAt()),
        "earning_time",
        TopCall.text(order.earnedAt()),
        "tk_refund_time",
        TopCall.text(raisedAt),
        "tk_refund_suit_time",
        TopCall.text(decidedAt),
        "modified_time",
        TopCall.text(modifiedAt),
        "item_title",
        order.title(),
        "tk_order_role",
        "二方",
        "refund_status",
        status,
        "tb_trade_finish_price",
        TaobaoOrder.yuan(order.paidFen()),
        "refund_fee",
        TaobaoOrder.yuan(returned.paid()),
        "pub_share_fee",
        TaobaoOrder.yuan(order.commission()),
        "tk_commission_fee_refund",
        TaobaoOrder.yuan(returned.commission()),
        "tk_subsidy_fee_refund",
        TaobaoOrder.yuan(returned.subsidy()),
        "tk_commission_alimm_refund_fee",
        TaobaoOrder.yuan(returned.serviceFee()),
        "tk_subsidy_alimm_refund_fee",
        TaobaoOrder.yuan(0),
        "tk_commission_agent_refund_fee",
        TaobaoOrder.yuan(returned.agentFee()),
        "tk_subsidy_agent_refund_fee",
        TaobaoOrder.yuan(0),
        "show_return_fee",
        TaobaoOrder.yuan(
            returned.commission()
                + returned.subsidy()
                + returned.serviceFee()
                + returned.agentFee()),
        "relation_id",
        order.relationId() == null ? null : Long.valueOf(order.relationId()));
  }
}
