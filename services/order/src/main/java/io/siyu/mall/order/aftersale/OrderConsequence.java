package io.siyu.mall.order.aftersale;

/** What a step of a case asks of its order. */
enum OrderConsequence {
  NOTHING,
  /** The seller said no: unshipped units may ship. */
  LET_GO,
  /** The platform is asked: units that have not shipped meanwhile stay again. */
  HOLD_BACK,
  /** The units are to be refunded now. */
  REFUND,
  /** The case ended without a refund: the units are free again. */
  RELEASE
}
