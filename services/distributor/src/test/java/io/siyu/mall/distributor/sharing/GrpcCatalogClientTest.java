package io.siyu.mall.distributor.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.siyu.mall.proto.catalog.v1.Catalog;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.ProductState;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrpcCatalogClientTest {

  @Test
  void onSaleIsWhatABuyerCanSee() {
    assertEquals(Optional.of("p1"), ask(Uni.createFrom().item(product(ProductState.PUBLISHED))));
    assertEquals(Optional.empty(), ask(Uni.createFrom().item(product(ProductState.WITHDRAWN))));
    assertEquals(Optional.empty(), ask(failure(Status.NOT_FOUND)));
    assertEquals(Optional.empty(), ask(failure(Status.INVALID_ARGUMENT)), "no id at all");
    assertThrows(StatusRuntimeException.class, () -> ask(failure(Status.UNAVAILABLE)));
  }

  private static Product product(ProductState state) {
    return Product.newBuilder().setProductId("p1").setState(state).build();
  }

  private static Uni<Product> failure(Status status) {
    return Uni.createFrom().failure(status.asRuntimeException());
  }

  private static Optional<String> ask(Uni<Product> answer) {
    Catalog catalog =
        (Catalog)
            Proxy.newProxyInstance(
                Catalog.class.getClassLoader(),
                new Class<?>[] {Catalog.class},
                (proxy, method, args) -> answer);
    return new GrpcCatalogClient(catalog).onSale("P1").await().indefinitely();
  }
}
