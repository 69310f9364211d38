package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.money.Money;
import java.util.Objects;
import java.util.UUID;

/**
 * One side of an entry.
 *
 * @param amount positive into the bucket, negative out of it, never zero
 */
public record Posting(OwnerKind ownerKind, UUID ownerId, Bucket bucket, Money amount) {

  /** The one owner there is of its kind. */
  public static final UUID THE_ONLY = new UUID(0, 0);

  public Posting {
    Objects.requireNonNull(ownerId);
    if (amount.isZero()) {
      throw new IllegalArgumentException("a posting of nothing");
    }
    if ((ownerKind == OwnerKind.DISTRIBUTOR) == (bucket == Bucket.GENERAL)) {
      throw new IllegalArgumentException(ownerKind + " has no bucket " + bucket);
    }
  }
}
