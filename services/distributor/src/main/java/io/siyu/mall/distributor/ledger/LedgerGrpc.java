package io.siyu.mall.distributor.ledger;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.distributor.distributor.DistributorQueries;
import io.siyu.mall.distributor.distributor.Seat;
import io.siyu.mall.distributor.rule.RuleQueries;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.common.v1.ReconcileResponse;
import io.siyu.mall.proto.distributor.v1.Balance;
import io.siyu.mall.proto.distributor.v1.CommissionExplanation;
import io.siyu.mall.proto.distributor.v1.ExplainCommissionRequest;
import io.siyu.mall.proto.distributor.v1.GetBalanceRequest;
import io.siyu.mall.proto.distributor.v1.Ledger;
import io.siyu.mall.proto.distributor.v1.ListCommissionsRequest;
import io.siyu.mall.proto.distributor.v1.ListCommissionsResponse;
import io.siyu.mall.proto.distributor.v1.ListPostingsRequest;
import io.siyu.mall.proto.distributor.v1.ListPostingsResponse;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import io.siyu.mall.proto.order.v1.VerifyOrdersResponse;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** The ledger over gRPC: a distributor sees their own, finance and auditors all. */
@GrpcService
public class LedgerGrpc implements Ledger {

  private final LedgerQueries queries;
  private final Reconciliation reconciliation;
  private final OrderVerification verification;
  private final DistributorQueries distributors;
  private final RuleQueries rules;

  LedgerGrpc(
      LedgerQueries queries,
      Reconciliation reconciliation,
      OrderVerification verification,
      DistributorQueries distributors,
      RuleQueries rules) {
    this.queries = queries;
    this.reconciliation = reconciliation;
    this.verification = verification;
    this.distributors = distributors;
    this.rules = rules;
  }

  @Override
  public Uni<Balance> getBalance(GetBalanceRequest request) {
    return whose(request.getDistributorId())
        .map(LedgerGrpc::one)
        .chain(queries::balance)
        .map(LedgerProto::to);
  }

  @Override
  public Uni<ListCommissionsResponse> listCommissions(ListCommissionsRequest request) {
    int size = PageSize.of(request.getPageSize());
    UUID order = ProtoIds.fromOptional("order_id", request.getOrderId());
    return whose(request.getDistributorId())
        .chain(ids -> queries.commissions(ids, order, size + 1, request.getPageToken()))
        .map(
            found -> {
              ListCommissionsResponse.Builder response = ListCommissionsResponse.newBuilder();
              found.stream().limit(size).map(LedgerProto::to).forEach(response::addCommissions);
              if (found.size() > size) {
                response.setNextPageToken(PageTokens.encode(found.get(size - 1).commission().id()));
              }
              return response.build();
            });
  }

  @Override
  public Uni<CommissionExplanation> explainCommission(ExplainCommissionRequest request) {
    UUID commission = ProtoIds.from("commission_id", request.getCommissionId());
    return whose("")
        .chain(ids -> queries.evidence(commission, ids))
        .chain(
            evidence -> {
              if (evidence.commission().commission().source() == Source.CPS) {
                return queries
                    .outsideOrder(evidence.commission().commission().orderId())
                    .map(order -> LedgerProto.to(evidence, order));
              }
              var attribution =
                  evidence
                      .order()
                      .lines()
                      .get(evidence.commission().commission().lineId())
                      .sale()
                      .attribution();
              return rules
                  .get(attribution.ruleId(), attribution.ruleVersion())
                  .onFailure(DomainException.class)
                  .recoverWithNull()
                  .map(rule -> LedgerProto.to(evidence, rule));
            });
  }

  @Override
  public Uni<ListPostingsResponse> listPostings(ListPostingsRequest request) {
    int size = PageSize.of(request.getPageSize());
    return whose(request.getDistributorId())
        .map(LedgerGrpc::one)
        .chain(id -> queries.postings(id, size + 1, request.getPageToken()))
        .map(
            found -> {
              ListPostingsResponse.Builder response = ListPostingsResponse.newBuilder();
              found.stream().limit(size).map(LedgerProto::to).forEach(response::addPostings);
              if (found.size() > size) {
                response.setNextPageToken(PageTokens.encode(found.get(size - 1).id()));
              }
              return response.build();
            });
  }

  @Override
  public Uni<ReconcileResponse> reconcile(ReconcileRequest request) {
    return reconciliation
        .run()
        .map(
            checks -> {
              ReconcileResponse.Builder response = ReconcileResponse.newBuilder();
              checks.stream().map(ReconciliationProto::to).forEach(response::addChecks);
              return response.build();
            });
  }

  @Override
  public Uni<VerifyOrdersResponse> verifyOrders(VerifyOrdersRequest request) {
    return verification
        .verify(request.getFactsList().stream().map(ReconciliationProto::facts).toList())
        .map(
            check ->
                VerifyOrdersResponse.newBuilder().addChecks(ReconciliationProto.to(check)).build());
  }

  /**
   * Whose book the caller may open: their own, of all their seats, or for those who see all the one
   * they name; empty: everybody's.
   */
  private Uni<List<UUID>> whose(String distributorId) {
    Caller caller = Caller.current();
    if (caller.isMember()) {
      return distributors.seat(caller.memberId()).map(Seat::ids);
    }
    UUID named = ProtoIds.fromOptional("distributor_id", distributorId);
    return Uni.createFrom().item(named == null ? List.of() : List.of(named));
  }

  private static UUID one(List<UUID> distributorIds) {
    if (distributorIds.isEmpty()) {
      throw DomainException.invalid("distributor_id", "must be a UUID");
    }
    return distributorIds.get(0);
  }
}
