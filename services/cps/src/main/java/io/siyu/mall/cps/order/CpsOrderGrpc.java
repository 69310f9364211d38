package io.siyu.mall.cps.order;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.common.v1.ReconcileResponse;
import io.siyu.mall.proto.cps.v1.CpsOrders;
import io.siyu.mall.proto.cps.v1.ListCpsOrdersRequest;
import io.siyu.mall.proto.cps.v1.ListCpsOrdersResponse;
import io.siyu.mall.proto.cps.v1.ListMyCpsOrdersRequest;
import io.smallrye.mutiny.Uni;

/** Outside orders on the wire. */
@GrpcService
public class CpsOrderGrpc implements CpsOrders {

  private final CpsOrderQueries queries;
  private final OwnOrders own;
  private final Reconciliation reconciliation;

  CpsOrderGrpc(CpsOrderQueries queries, OwnOrders own, Reconciliation reconciliation) {
    this.queries = queries;
    this.own = own;
    this.reconciliation = reconciliation;
  }

  @Override
  public Uni<ListCpsOrdersResponse> listMyCpsOrders(ListMyCpsOrdersRequest request) {
    CpsOrderState state = CpsOrderProto.state(request.getState());
    return own.list(state, request.getPageSize(), request.getPageToken())
        .map(found -> CpsOrderProto.page(found.page(), found.viewer()));
  }

  @Override
  public Uni<ListCpsOrdersResponse> listCpsOrders(ListCpsOrdersRequest request) {
    CpsOrderQueries.Filter filter =
        new CpsOrderQueries.Filter(
            CpsOrderProto.state(request.getState()),
            CpsOrderProto.platform(request.getPlatform()),
            ProtoIds.fromOptional("distributor_id", request.getDistributorId()),
            request.getOrderNo().isEmpty() ? null : request.getOrderNo(),
            request.getUnattributed());
    return queries
        .all(filter, request.getPageSize(), request.getPageToken())
        .map(page -> CpsOrderProto.page(page, null));
  }

  @Override
  public Uni<ReconcileResponse> reconcile(ReconcileRequest request) {
    return reconciliation
        .run()
        .map(checks -> ReconcileResponse.newBuilder().addAllChecks(checks).build());
  }
}
