package io.siyu.mall.distributor.ledger;

/** Who earns on a sale. There are two levels, and a third cannot be written down. */
public enum Level {
  /** The distributor credited with the sale. */
  DIRECT,
  /** The distributor who recruited them. */
  UPLINE
}
