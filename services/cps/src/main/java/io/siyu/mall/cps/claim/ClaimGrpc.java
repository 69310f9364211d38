package io.siyu.mall.cps.claim;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.cps.order.CpsOrderProto;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.cps.v1.AcceptClaimRequest;
import io.siyu.mall.proto.cps.v1.Claims;
import io.siyu.mall.proto.cps.v1.CreateClaimRequest;
import io.siyu.mall.proto.cps.v1.ListClaimsRequest;
import io.siyu.mall.proto.cps.v1.ListClaimsResponse;
import io.siyu.mall.proto.cps.v1.RejectClaimRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Claims on the wire. */
@GrpcService
public class ClaimGrpc implements Claims {

  private final ClaimCommands commands;
  private final ClaimQueries queries;
  private final Idempotency idempotency;

  ClaimGrpc(ClaimCommands commands, ClaimQueries queries, Idempotency idempotency) {
    this.commands = commands;
    this.queries = queries;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<io.siyu.mall.proto.cps.v1.Claim> createClaim(CreateClaimRequest request) {
    Platform platform = CpsOrderProto.platform(request.getPlatform());
    Validation.start()
        .require(platform != null, "platform", "must be given")
        .required(TextType.ORDER_NO, "order_no", request.getOrderNo())
        .optional(TextType.NOTE, "note", request.getNote())
        .check();
    RequestKey key = RequestKey.of("cps.CreateClaim", request.getRequestId(), request);
    return idempotency.onceSql(
        key,
        io.siyu.mall.proto.cps.v1.Claim.parser(),
        () -> commands.prepare(Ids.next(), platform, request.getOrderNo(), request.getNote()),
        (claim, connection) ->
            commands.create(SqlTransaction.of(connection), claim).map(ClaimGrpc::view));
  }

  @Override
  public Uni<ListClaimsResponse> listClaims(ListClaimsRequest request) {
    Caller caller = Caller.current();
    ClaimState state = state(request.getState());
    return (caller.isMember()
            ? queries.own(state, request.getPageSize(), request.getPageToken())
            : queries.all(state, request.getPageSize(), request.getPageToken()))
        .map(
            page ->
                ListClaimsResponse.newBuilder()
                    .addAllClaims(page.claims().stream().map(ClaimGrpc::view).toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  @Override
  public Uni<io.siyu.mall.proto.cps.v1.Claim> acceptClaim(AcceptClaimRequest request) {
    Caller caller = Caller.current();
    UUID id = ProtoIds.from("claim_id", request.getClaimId());
    return idempotency.onceSql(
        RequestKey.of("cps.AcceptClaim", request.getRequestId(), request),
        io.siyu.mall.proto.cps.v1.Claim.parser(),
        () -> commands.claimant(id),
        (claimant, connection) ->
            commands
                .accept(SqlTransaction.of(connection), id, claimant, caller.key())
                .map(ClaimGrpc::view));
  }

  @Override
  public Uni<io.siyu.mall.proto.cps.v1.Claim> rejectClaim(RejectClaimRequest request) {
    Caller caller = Caller.current();
    Validation.start().required(TextType.REASON, "reason", request.getReason()).check();
    return idempotency.onceSql(
        RequestKey.of("cps.RejectClaim", request.getRequestId(), request),
        io.siyu.mall.proto.cps.v1.Claim.parser(),
        connection ->
            commands
                .reject(
                    SqlTransaction.of(connection),
                    ProtoIds.from("claim_id", request.getClaimId()),
                    caller.key(),
                    request.getReason())
                .map(ClaimGrpc::view));
  }

  private static ClaimState state(io.siyu.mall.proto.cps.v1.ClaimState state) {
    return switch (state) {
      case CLAIM_STATE_UNSPECIFIED -> null;
      case CLAIM_OPEN -> ClaimState.OPEN;
      case CLAIM_ACCEPTED -> ClaimState.ACCEPTED;
      case CLAIM_REJECTED -> ClaimState.REJECTED;
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is not known");
    };
  }

  private static io.siyu.mall.proto.cps.v1.Claim view(Claim claim) {
    io.siyu.mall.proto.cps.v1.Claim.Builder view =
        io.siyu.mall.proto.cps.v1.Claim.newBuilder()
            .setClaimId(claim.id().toString())
            .setPlatform(CpsOrderProto.platform(claim.platform()))
            .setOrderNo(claim.orderNo())
            .setDistributorId(claim.distributorId().toString())
            .setState(io.siyu.mall.proto.cps.v1.ClaimState.valueOf("CLAIM_" + claim.state().name()))
            .setNote(claim.note())
            .setDecidedBy(claim.decidedBy())
            .setReason(claim.reason())
            .setCreatedAt(ProtoTime.to(claim.createdAt()));
    if (claim.decidedAt() != null) {
      view.setDecidedAt(ProtoTime.to(claim.decidedAt()));
    }
    return view.build();
  }
}
