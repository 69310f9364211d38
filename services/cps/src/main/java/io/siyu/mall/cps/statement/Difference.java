package io.siyu.mall.cps.statement;

import io.siyu.mall.platform.money.Money;
import java.util.UUID;

/**
 * Where ours and theirs do not agree.
 *
 * @param refundNo of a claw-back; empty for an order
 * @param ours null where it is missing, as with the others
 */
public record Difference(
    boolean ofClawback,
    UUID orderId,
    String refundNo,
    Reason reason,
    String orderNo,
    String subOrderNo,
    Money ours,
    Money theirs,
    Money oursFee,
    Money theirsFee) {

  /** How they do not. */
  public enum Reason {
    MISSING_AT_OURS,
    MISSING_AT_THEIRS,
    AMOUNT_DIFFERS
  }
}
