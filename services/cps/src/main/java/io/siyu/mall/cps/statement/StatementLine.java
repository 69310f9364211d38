package io.siyu.mall.cps.statement;

import io.siyu.mall.cps.order.Clawback;
import io.siyu.mall.cps.order.CpsOrderKey;
import io.siyu.mall.cps.order.OrderDocument;
import io.siyu.mall.platform.money.Money;

/**
 * One thing that the platform says of a month.
 *
 * @param refundNo empty for an order
 * @param amount settled after fees, or taken back
 */
record StatementLine(Kind kind, CpsOrderKey order, String refundNo, Money amount, Money fee) {

  /** What it is about. */
  enum Kind {
    ORDER,
    CLAWBACK
  }

  static StatementLine of(OrderDocument document) {
    return new StatementLine(Kind.ORDER, document.key(), "", document.settled(), document.fee());
  }

  static StatementLine of(Clawback clawback) {
    return new StatementLine(
        Kind.CLAWBACK, clawback.order(), clawback.refundNo(), clawback.amount(), clawback.fee());
  }
}
