package io.siyu.mall.distributor.ledger;

/** Where an entry comes from. */
public enum Source {
  /** A line of an own order. */
  OWN,
  /** An order on an outside platform. */
  CPS,
  /** A correction by staff. */
  ADJUSTMENT,
  /** A withdrawal. */
  WITHDRAWAL
}
