package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.DistributorViews.AdminDistributor;
import io.siyu.mall.gateway.admin.DistributorViews.AdminInvite;
import io.siyu.mall.gateway.admin.DistributorViews.AdminInviteRequest;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.ApproveApplicationRequest;
import io.siyu.mall.proto.distributor.v1.CreateInviteRequest;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.Distributors;
import io.siyu.mall.proto.distributor.v1.ListDistributorsRequest;
import io.siyu.mall.proto.distributor.v1.ListInvitesRequest;
import io.siyu.mall.proto.distributor.v1.RejectApplicationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Who wants to sell: invites, and the applications they lead to. */
@Path(Admin.ROOT)
@Tag(name = "分销员 Distributors")
public class ApplicationResource {

  @GrpcClient("distributor")
  Distributors distributors;

  @POST
  @Path("/invites")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.MENTOR})
  @ResponseStatus(201)
  @Operation(summary = "生成邀请码")
  public Uni<AdminInvite> createInvite(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminInviteRequest body) {
    return distributors
        .createInvite(
            CreateInviteRequest.newBuilder()
                .setRequestId(requestId)
                .setUses(Wire.number(body.uses()))
                .setValidDays(Wire.number(body.validDays()))
                .setNote(Wire.orEmpty(body.note()))
                .build())
        .map(AdminInvite::of);
  }

  @GET
  @Path("/invites")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.MENTOR, Admin.AUDITOR})
  @Operation(summary = "邀请码列表")
  public Uni<Page<AdminInvite>> listInvites(@Valid @BeanParam PageQuery page) {
    return distributors
        .listInvites(
            ListInvitesRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getInvitesList(), AdminInvite::of, r.getNextPageToken()));
  }

  @GET
  @Path("/applications")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.MENTOR, Admin.AUDITOR})
  @Operation(summary = "待审核的申请")
  public Uni<Page<AdminDistributor>> listApplications(@Valid @BeanParam PageQuery page) {
    return distributors
        .listDistributors(
            ListDistributorsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(DistributorState.APPLIED)
                .build())
        .map(r -> Page.of(r.getDistributorsList(), AdminDistributor::of, r.getNextPageToken()));
  }

  @POST
  @Path("/applications/{distributorId}/approve")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.MENTOR})
  @Operation(summary = "通过申请")
  public Uni<AdminDistributor> approveApplication(
      String distributorId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return distributors
        .approveApplication(
            ApproveApplicationRequest.newBuilder()
                .setRequestId(requestId)
                .setDistributorId(distributorId)
                .build())
        .map(AdminDistributor::of);
  }

  @POST
  @Path("/applications/{distributorId}/reject")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.MENTOR})
  @Operation(summary = "拒绝申请")
  public Uni<AdminDistributor> rejectApplication(
      String distributorId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return distributors
        .rejectApplication(
            RejectApplicationRequest.newBuilder()
                .setRequestId(requestId)
                .setDistributorId(distributorId)
                .setReason(body.reason())
                .build())
        .map(AdminDistributor::of);
  }
}
