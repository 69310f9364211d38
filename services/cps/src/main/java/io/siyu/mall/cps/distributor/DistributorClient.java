package io.siyu.mall.cps.distributor;

import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What this service asks of the distributor service. */
public interface DistributorClient {

  String NOT_ACTIVE = "DISTRIBUTOR_NOT_ACTIVE";

  /** The distributor that the calling member is; their upline is not told. */
  Uni<Seller> me();

  /**
   * Who of the distributors is credited with what is heard of now: one question for all. Never
   * asked inside of a transaction; it fails when the distributor service does not answer.
   */
  Uni<Sellers> sellers(Collection<UUID> ids);

  /** What {@link #sellers} had to answer at moments that have passed, in their order. */
  Uni<List<Set<Seller>>> recall(List<Moment> moments);

  /** A distributor at a moment. */
  record Moment(UUID distributorId, Instant at) {}

  /**
   * The distributor that the calling member is, who must be active.
   *
   * @throws DomainException {@value #NOT_ACTIVE}, in the Uni
   */
  default Uni<Seller> activeMe() {
    return me().invoke(
            seller -> {
              if (!seller.active()) {
                throw DomainException.precondition(
                    NOT_ACTIVE, "only an active distributor can do this");
              }
            });
  }
}
