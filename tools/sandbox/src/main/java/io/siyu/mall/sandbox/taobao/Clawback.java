package io.siyu.mall.sandbox.taobao;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.http.Json;
import java.time.Instant;

/**
 * Commission that the platform takes back after a refund.
 *
 * @param suitId the refund's number
 * @param status {@code refund_status}: 2 success, 3 failed, 4 created, 12 to be deducted, 13
 *     deducted
 * @param feeFen commission taken back
 */
record Clawback(
    String suitId,
    String tradeId,
    String parentId,
    String relationId,
    int status,
    long feeFen,
    long returnedFen,
    Instant at,
    Instant earnedAt) {

  ObjectNode json() {
    return Json.object(
        "refund_suit_id",
        suitId,
        "tb_trade_id",
        tradeId,
        "tb_trade_parent_id",
        parentId,
        "relation_id",
        relationId == null ? null : Long.valueOf(relationId),
        "refund_status",
        status,
        "tk_commission_fee_refund",
        TaobaoOrder.yuan(feeFen),
        "show_return_fee",
        TaobaoOrder.yuan(returnedFen),
        "tk_refund_suit_time",
        TopCall.text(at),
        "tk_refund_time",
        TopCall.text(status == 4 ? null : at),
        "earning_time",
        TopCall.text(earnedAt));
  }
}
