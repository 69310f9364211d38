package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.CpsViews.AdminCpsClaim;
import io.siyu.mall.gateway.admin.CpsViews.CpsClaimState;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.cps.v1.AcceptClaimRequest;
import io.siyu.mall.proto.cps.v1.ClaimState;
import io.siyu.mall.proto.cps.v1.Claims;
import io.siyu.mall.proto.cps.v1.ListClaimsRequest;
import io.siyu.mall.proto.cps.v1.RejectClaimRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Claims on outside orders that nobody is credited with; each is decided once. */
@Path(Admin.ROOT + "/cps/claims")
@Tag(name = "外部平台 CPS")
public class CpsClaimResource {

  @GrpcClient("cps")
  Claims claims;

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "认领申请")
  public Uni<Page<AdminCpsClaim>> listCpsClaims(
      @QueryParam("state") CpsClaimState state, @Valid @BeanParam PageQuery page) {
    return claims
        .listClaims(
            ListClaimsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(Wire.write(ClaimState.class, state, "CLAIM_"))
                .build())
        .map(r -> Page.of(r.getClaimsList(), AdminCpsClaim::of, r.getNextPageToken()));
  }

  @POST
  @Path("/{claimId}/accept")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE})
  @Operation(summary = "通过认领：订单归该分销员")
  public Uni<AdminCpsClaim> acceptCpsClaim(
      String claimId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return claims
        .acceptClaim(
            AcceptClaimRequest.newBuilder().setRequestId(requestId).setClaimId(claimId).build())
        .map(AdminCpsClaim::of);
  }

  @POST
  @Path("/{claimId}/reject")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE})
  @Operation(summary = "驳回认领")
  public Uni<AdminCpsClaim> rejectCpsClaim(
      String claimId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return claims
        .rejectClaim(
            RejectClaimRequest.newBuilder()
                .setRequestId(requestId)
                .setClaimId(claimId)
                .setReason(body.reason())
                .build())
        .map(AdminCpsClaim::of);
  }
}
