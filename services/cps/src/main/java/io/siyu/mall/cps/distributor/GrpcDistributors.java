package io.siyu.mall.cps.distributor;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.platform.identity.AsThisService;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.Distributors;
import io.siyu.mall.proto.distributor.v1.GetMyDistributorRequest;
import io.siyu.mall.proto.distributor.v1.MutinySellersGrpc.MutinySellersStub;
import io.siyu.mall.proto.distributor.v1.RecallSellersRequest;
import io.siyu.mall.proto.distributor.v1.ResolveSellersRequest;
import io.siyu.mall.proto.distributor.v1.ResolveSellersResponse;
import io.siyu.mall.proto.distributor.v1.ResolvedSeller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The distributor service over gRPC: a member asks about themselves, this service about others. */
@ApplicationScoped
public class GrpcDistributors implements DistributorClient {

  private final Distributors distributors;
  private final MutinySellersStub sellers;

  GrpcDistributors(
      @GrpcClient("distributor") Distributors distributors,
      @GrpcClient("distributor") MutinySellersStub sellers,
      AsThisService asThisService) {
    this.distributors = distributors;
    this.sellers = sellers.withInterceptors(asThisService);
  }

  @Override
  public Uni<Seller> me() {
    return distributors
        .getMyDistributor(GetMyDistributorRequest.getDefaultInstance())
        .map(GrpcDistributors::seller);
  }

  @Override
  public Uni<Sellers> sellers(Collection<UUID> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().item(Sellers.NONE)
        : sellers
            .resolveSellers(
                ResolveSellersRequest.newBuilder()
                    .addAllDistributorIds(ids.stream().map(ProtoIds::to).toList())
                    .build())
            .map(GrpcDistributors::sellers);
  }

  @Override
  public Uni<List<Set<Seller>>> recall(List<Moment> moments) {
    RecallSellersRequest.Builder request = RecallSellersRequest.newBuilder();
    moments.forEach(
        moment ->
            request
                .addMomentsBuilder()
                .setDistributorId(ProtoIds.to(moment.distributorId()))
                .setAt(ProtoTime.to(moment.at())));
    return sellers
        .recallSellers(request.build())
        .map(
            response ->
                response.getSellersList().stream()
                    .map(
                        one ->
                            one.getAnswersList().stream()
                                .map(GrpcDistributors::seller)
                                .collect(Collectors.toSet()))
                    .toList());
  }

  private static Sellers sellers(ResolveSellersResponse response) {
    return new Sellers(
        // As precise as it is stored.
        ProtoTime.from(response.getAsOf()).truncatedTo(ChronoUnit.MICROS),
        response.getSellersList().stream()
            .collect(
                Collectors.toMap(
                    resolved -> ProtoIds.from("distributor_id", resolved.getDistributorId()),
                    GrpcDistributors::seller)));
  }

  private static Seller seller(ResolvedSeller resolved) {
    return new Seller(
        ProtoIds.from(
            "seat_id",
            resolved.getSeatId().isEmpty() ? resolved.getDistributorId() : resolved.getSeatId()),
        ProtoIds.fromOptional("upline_id", resolved.getUplineId()),
        resolved.getCredited());
  }

  private static Seller seller(Distributor distributor) {
    return new Seller(
        ProtoIds.from("distributor_id", distributor.getDistributorId()),
        null,
        distributor.getState() == DistributorState.ACTIVE);
  }
}
