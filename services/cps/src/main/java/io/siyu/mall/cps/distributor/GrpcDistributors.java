package io.siyu.mall.cps.distributor;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.Distributors;
import io.siyu.mall.proto.distributor.v1.GetMyDistributorRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The distributor service over gRPC; the caller's token goes along. */
@ApplicationScoped
public class GrpcDistributors implements DistributorClient {

  @GrpcClient("distributor")
  Distributors distributors;

  @Override
  public Uni<Seller> me() {
    return distributors
        .getMyDistributor(GetMyDistributorRequest.getDefaultInstance())
        .map(GrpcDistributors::seller);
  }

  private static Seller seller(Distributor distributor) {
    return new Seller(
        ProtoIds.from("distributor_id", distributor.getDistributorId()),
        ProtoIds.fromOptional("upline_id", distributor.getUplineId()),
        distributor.getState() == DistributorState.ACTIVE);
  }
}
