package io.siyu.mall.order.client;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.order.client.CatalogClient.Quote;
import io.siyu.mall.order.order.AttributionSnapshot;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.AsThisService;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.distributor.v1.AttributeLine;
import io.siyu.mall.proto.distributor.v1.AttributeRequest;
import io.siyu.mall.proto.distributor.v1.AttributeResponse;
import io.siyu.mall.proto.distributor.v1.MutinySharingGrpc.MutinySharingStub;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The distributor service over gRPC. */
@ApplicationScoped
public class GrpcDistributorClient implements DistributorClient {

  private final MutinySharingStub sharing;

  GrpcDistributorClient(
      @GrpcClient("distributor") MutinySharingStub sharing, AsThisService asThisService) {
    this.sharing = sharing.withInterceptors(asThisService);
  }

  @Override
  public Uni<Map<UUID, AttributionSnapshot>> attribute(
      UUID memberId, String touchId, List<Quote> lines) {
    AttributeRequest.Builder request =
        AttributeRequest.newBuilder().setMemberId(memberId.toString()).setTouchId(touchId);
    for (Quote line : lines) {
      request.addLines(
          AttributeLine.newBuilder()
              .setLineKey(line.skuId().toString())
              .setProductId(line.productId().toString())
              .setSkuId(line.skuId().toString())
              .setBrandId(line.brandId().toString())
              .setBrandCode(line.brandCode())
              .addAllCategoryIds(line.categoryIds()));
    }
    return Remote.call(() -> sharing.attribute(request.build()))
        .map(response -> snapshots(response, lines));
  }

  private static Map<UUID, AttributionSnapshot> snapshots(
      AttributeResponse response, List<Quote> lines) {
    Map<UUID, AttributionSnapshot> snapshots = new HashMap<>();
    for (LineAttribution line : response.getLinesList()) {
      snapshots.put(
          Ids.parse("line_key", line.getLineKey()),
          new AttributionSnapshot(
              line.toByteArray(), Ids.parseOptional("distributor_id", line.getDistributorId())));
    }
    if (!lines.stream().map(Quote::skuId).allMatch(snapshots::containsKey)) {
      throw new DomainException(
          Kind.UNAVAILABLE, "ATTRIBUTION_INCOMPLETE", "not every line was attributed");
    }
    return snapshots;
  }
}
