package io.siyu.mall.distributor.sharing;

import io.grpc.Status;
import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.proto.catalog.v1.Catalog;
import io.siyu.mall.proto.catalog.v1.GetProductRequest;
import io.siyu.mall.proto.catalog.v1.ProductState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The catalog service over gRPC; the caller's token goes along, so it answers as to a buyer. */
@ApplicationScoped
public class GrpcCatalogClient implements CatalogClient {

  private final Catalog catalog;

  GrpcCatalogClient(@GrpcClient("catalog") Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Uni<Optional<String>> onSale(String productId) {
    return catalog
        .getProduct(GetProductRequest.newBuilder().setProductId(productId).build())
        .map(
            product ->
                product.getState() == ProductState.PUBLISHED
                    ? Optional.of(product.getProductId())
                    : Optional.<String>empty())
        .onFailure(GrpcCatalogClient::isUnknown)
        .recoverWithItem(Optional.empty());
  }

  private static boolean isUnknown(Throwable failure) {
    return switch (Status.fromThrowable(failure).getCode()) {
      case NOT_FOUND, INVALID_ARGUMENT -> true;
      default -> false;
    };
  }
}
