package io.siyu.mall.sandbox.taobao;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.http.Json;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A sub-order that came by one of our links. Amounts in fen.
 *
 * @param relationId the channel's number, or null if it came without one
 * @param commission estimated until settled, then settled
 * @param serviceFee what the platform keeps of it
 */
record TaobaoOrder(
    String tradeId,
    String parentId,
    String relationId,
    Status status,
    String title,
    String itemId,
    int quantity,
    long paidFen,
    long commission,
    long serviceFee,
    Instant createdAt,
    Instant earnedAt,
    Instant modifiedAt) {

  /** {@code tk_status}. */
  enum Status {
    PAID(12),
    RECEIVED(14),
    SETTLED(3),
    INVALID(13);

    private final int code;

    Status(int code) {
      this.code = code;
    }
  }

  TaobaoOrder at(Status next, Instant when, Long newCommission) {
    return new TaobaoOrder(
        tradeId,
        parentId,
        relationId,
        next,
        title,
        itemId,
        quantity,
        paidFen,
        newCommission == null ? commission : newCommission,
        serviceFee,
        createdAt,
        next == Status.SETTLED ? when : earnedAt,
        when);
  }

  /** The time that a query of the type goes by, or null if the order is not found by it. */
  Instant time(int queryType) {
    return switch (queryType) {
      case 1, 2 -> createdAt;
      case 3 -> earnedAt;
      default -> modifiedAt;
    };
  }

  ObjectNode json(String adzoneId) {
    boolean settled = status == Status.SETTLED;
    return Json.object(
        "trade_id", tradeId,
        "trade_parent_id", parentId,
        "relation_id", relationId == null ? null : Long.valueOf(relationId),
        "adzone_id", Long.valueOf(adzoneId),
        "tk_status", status.code,
        "item_id", itemId,
        "item_title", title,
        "item_num", quantity,
        "alipay_total_price", yuan(paidFen),
        "pub_share_pre_fee", yuan(commission),
        "pub_share_fee", yuan(settled ? commission : 0),
        "alimama_share_fee", yuan(serviceFee),
        "refund_tag", 0,
        "order_type", "天猫",
        "tk_create_time", TopCall.text(createdAt),
        "tb_paid_time", TopCall.text(createdAt),
        "tk_paid_time", TopCall.text(createdAt),
        "tk_earning_time", TopCall.text(earnedAt),
        "modified_time", TopCall.text(modifiedAt));
  }

  static String yuan(long fen) {
    return BigDecimal.valueOf(fen, 2).toPlainString();
  }
}
