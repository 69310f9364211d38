package io.siyu.mall.membership.growth;

/** Where growth comes from; together with the source's id it is unique for ever. */
public enum GrowthSource {
  /** The after-sale window of an order is over: one for each whole yuan of what stays paid. */
  ORDER_COMPLETED,
  /** A line was refunded after its order had been completed. */
  LINE_REFUNDED
}
