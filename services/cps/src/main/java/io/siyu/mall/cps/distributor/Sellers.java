package io.siyu.mall.cps.distributor;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Who of some distributors is credited with what is heard of at a moment; whoever is not among them
 * is not.
 *
 * @param byId by the distributor that was asked for
 */
public record Sellers(Instant asOf, Map<UUID, Seller> byId) {

  /** Nobody was asked for. */
  public static final Sellers NONE = new Sellers(null, Map.of());

  /** The seat that counts for the distributor, with its upline; null: nobody is credited. */
  public Seller credited(UUID distributorId) {
    Seller found = byId.get(distributorId);
    return found == null || !found.active() ? null : found;
  }
}
