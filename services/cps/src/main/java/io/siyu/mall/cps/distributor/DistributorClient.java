package io.siyu.mall.cps.distributor;

import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;

/** What this service asks of the distributor service. */
public interface DistributorClient {

  String NOT_ACTIVE = "DISTRIBUTOR_NOT_ACTIVE";

  /** The distributor that the calling member is. */
  Uni<Seller> me();

  /**
   * The same, who must be active.
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
