package io.siyu.mall.distributor.sharing;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** What this service asks of the catalog service. */
public interface CatalogClient {

  /** The product's id as catalog writes it, if buyers can see the product; else empty. */
  Uni<Optional<String>> onSale(String productId);
}
