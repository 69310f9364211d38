package io.siyu.mall.distributor.ledger;

/** Whose account it is. */
public enum OwnerKind {
  DISTRIBUTOR,
  /** Pays commissions. */
  BRAND,
  /** Keeps withdrawal fees. */
  PLATFORM,
  /** Is owed the withheld tax. */
  TAX
}
