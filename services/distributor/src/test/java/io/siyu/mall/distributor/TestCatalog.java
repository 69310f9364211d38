package io.siyu.mall.distributor;

import io.quarkus.test.Mock;
import io.siyu.mall.distributor.sharing.CatalogClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The catalog service, as far as it is asked: everything is on sale but what was withdrawn. */
@Mock
@ApplicationScoped
public class TestCatalog implements CatalogClient {

  private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();

  /** Takes the product off sale. */
  public void withdraw(String productId) {
    withdrawn.add(productId);
  }

  @Override
  public Uni<Optional<String>> onSale(String productId) {
    return Uni.createFrom()
        .item(withdrawn.contains(productId) ? Optional.empty() : Optional.of(productId));
  }
}
