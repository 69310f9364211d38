package io.siyu.mall.order.client;

import io.siyu.mall.order.client.CatalogClient.Quote;
import io.siyu.mall.order.order.AttributionSnapshot;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What this service asks of the distributor service. */
public interface DistributorClient {

  /**
   * Who is credited with each line, and why: the answer is frozen on the order.
   *
   * @param touchId the touch the member came through, if the client knows it; else empty
   * @return by SKU
   */
  Uni<Map<UUID, AttributionSnapshot>> attribute(UUID memberId, String touchId, List<Quote> lines);
}
