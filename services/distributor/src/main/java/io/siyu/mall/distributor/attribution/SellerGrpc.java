package io.siyu.mall.distributor.attribution;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.distributor.v1.RecallSellersRequest;
import io.siyu.mall.proto.distributor.v1.RecallSellersResponse;
import io.siyu.mall.proto.distributor.v1.ResolveSellersRequest;
import io.siyu.mall.proto.distributor.v1.ResolveSellersResponse;
import io.siyu.mall.proto.distributor.v1.SellerMoment;
import io.siyu.mall.proto.distributor.v1.Sellers;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sellers over gRPC, for services that hear of orders elsewhere; and for the staff who decide about
 * claims on these or reconcile them, since their token goes along.
 */
@GrpcService
public class SellerGrpc implements Sellers {

  private static final int MOST = 1_000;

  private final SellerQueries queries;

  SellerGrpc(SellerQueries queries) {
    this.queries = queries;
  }

  @Override
  public Uni<ResolveSellersResponse> resolveSellers(ResolveSellersRequest request) {
    Validation.start().range("distributor_ids", request.getDistributorIdsCount(), 0, MOST).check();
    List<UUID> ids =
        request.getDistributorIdsList().stream()
            .map(id -> ProtoIds.from("distributor_ids", id))
            .toList();
    return queries.find(ids).map(found -> AttributionProto.to(ids, found));
  }

  @Override
  public Uni<RecallSellersResponse> recallSellers(RecallSellersRequest request) {
    Validation.start().range("moments", request.getMomentsCount(), 0, MOST).check();
    List<SellerMoment> moments = request.getMomentsList();
    moments.forEach(SellerGrpc::check);
    return queries
        .history(moments.stream().map(SellerGrpc::id).collect(Collectors.toSet()))
        .map(
            history -> {
              RecallSellersResponse.Builder response = RecallSellersResponse.newBuilder();
              moments.forEach(
                  moment ->
                      response
                          .addSellersBuilder()
                          .addAllAnswers(
                              history.around(id(moment), ProtoTime.from(moment.getAt())).stream()
                                  .map(seller -> AttributionProto.to(id(moment), seller))
                                  .toList()));
              return response.build();
            });
  }

  private static void check(SellerMoment moment) {
    if (!moment.hasAt()) {
      throw DomainException.invalid("moments.at", "must be given");
    }
  }

  private static UUID id(SellerMoment moment) {
    return ProtoIds.from("moments.distributor_id", moment.getDistributorId());
  }
}
