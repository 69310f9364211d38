package io.siyu.mall.cps.order;

import io.siyu.mall.cps.distributor.DistributorClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The orders that the calling member earns on as a distributor. */
@ApplicationScoped
public class OwnOrders {

  private final DistributorClient distributors;
  private final CpsOrderQueries queries;

  OwnOrders(DistributorClient distributors, CpsOrderQueries queries) {
    this.distributors = distributors;
    this.queries = queries;
  }

  /** A page, and the distributor who looks at it. */
  public record Found(UUID viewer, CpsOrderQueries.Page page) {}

  /**
   * @param state null: all
   */
  public Uni<Found> list(CpsOrderState state, int pageSize, String token) {
    return distributors
        .me()
        .chain(
            seller ->
                queries
                    .of(seller.distributorId(), state, pageSize, token)
                    .map(page -> new Found(seller.distributorId(), page)));
  }
}
