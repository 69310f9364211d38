package io.siyu.mall.order.aftersale;

/** What a step of a case asks of its order. */
enum Follow {
  NOTHING,
  /** The units are to be refunded now. */
  REFUND,
  /** The case ended without a refund: the units are free again. */
  RELEASE
}
