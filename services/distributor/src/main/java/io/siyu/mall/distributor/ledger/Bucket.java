package io.siyu.mall.distributor.ledger;

/** Where a distributor's money is. */
public enum Bucket {
  /** The order is paid. */
  PENDING,
  /** The goods were received. */
  FROZEN,
  /** The after-sale window is over and no case is open: can be withdrawn. */
  AVAILABLE,
  /** In a withdrawal that is not finished. */
  WITHDRAWING,
  /** Was transferred. */
  PAID_OUT,
  /** Taken back after it had been withdrawn: at most zero, and what is owed is its negative. */
  DEBT,
  /** The one account of an owner who is no distributor. */
  GENERAL
}
