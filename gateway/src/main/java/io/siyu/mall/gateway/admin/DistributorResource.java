package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.DistributorViews.AdminDistributor;
import io.siyu.mall.gateway.admin.DistributorViews.AdminUplineRequest;
import io.siyu.mall.gateway.admin.DistributorViews.DistributorState;
import io.siyu.mall.gateway.admin.LedgerViews.AdminBalance;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.CloseDistributorRequest;
import io.siyu.mall.proto.distributor.v1.Distributors;
import io.siyu.mall.proto.distributor.v1.GetBalanceRequest;
import io.siyu.mall.proto.distributor.v1.GetDistributorRequest;
import io.siyu.mall.proto.distributor.v1.Ledger;
import io.siyu.mall.proto.distributor.v1.ListDistributorsRequest;
import io.siyu.mall.proto.distributor.v1.ReassignUplineRequest;
import io.siyu.mall.proto.distributor.v1.ResumeDistributorRequest;
import io.siyu.mall.proto.distributor.v1.SuspendDistributorRequest;
import io.siyu.mall.text.TextType;
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

/** Distributors. */
@Path(Admin.ROOT + "/distributors")
@Tag(name = "分销员 Distributors")
public class DistributorResource {

  @GrpcClient("distributor")
  Distributors distributors;

  @GrpcClient("distributor")
  Ledger ledger;

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.MENTOR, Admin.AUDITOR})
  @Operation(summary = "分销员列表")
  public Uni<Page<AdminDistributor>> listDistributors(
      @QueryParam("state") DistributorState state,
      @QueryParam("q") @Text(TextType.SEARCH) String q,
      @Valid @BeanParam PageQuery page) {
    return distributors
        .listDistributors(
            ListDistributorsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(
                    Wire.write(io.siyu.mall.proto.distributor.v1.DistributorState.class, state))
                .setQuery(Wire.orEmpty(q))
                .build())
        .map(r -> Page.of(r.getDistributorsList(), AdminDistributor::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{distributorId}")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.MENTOR, Admin.AUDITOR})
  @Operation(summary = "一个分销员")
  public Uni<AdminDistributor> getDistributor(String distributorId) {
    return distributors
        .getDistributor(GetDistributorRequest.newBuilder().setDistributorId(distributorId).build())
        .map(AdminDistributor::of);
  }

  @POST
  @Path("/{distributorId}/suspend")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "暂停")
  public Uni<AdminDistributor> suspendDistributor(
      String distributorId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return distributors
        .suspendDistributor(
            SuspendDistributorRequest.newBuilder()
                .setRequestId(requestId)
                .setDistributorId(distributorId)
                .setReason(body.reason())
                .build())
        .map(AdminDistributor::of);
  }

  @POST
  @Path("/{distributorId}/resume")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "恢复")
  public Uni<AdminDistributor> resumeDistributor(
      String distributorId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return distributors
        .resumeDistributor(
            ResumeDistributorRequest.newBuilder()
                .setRequestId(requestId)
                .setDistributorId(distributorId)
                .setReason(body.reason())
                .build())
        .map(AdminDistributor::of);
  }

  @POST
  @Path("/{distributorId}/close")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "关闭（不可恢复）")
  public Uni<AdminDistributor> closeDistributor(
      String distributorId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return distributors
        .closeDistributor(
            CloseDistributorRequest.newBuilder()
                .setRequestId(requestId)
                .setDistributorId(distributorId)
                .setReason(body.reason())
                .build())
        .map(AdminDistributor::of);
  }

  @POST
  @Path("/{distributorId}/upline")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "变更上级（不影响已下订单）")
  public Uni<AdminDistributor> reassignUpline(
      String distributorId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminUplineRequest body) {
    return distributors
        .reassignUpline(
            ReassignUplineRequest.newBuilder()
                .setRequestId(requestId)
                .setDistributorId(distributorId)
                .setUplineId(Wire.orEmpty(body.uplineId()))
                .setReason(body.reason())
                .build())
        .map(AdminDistributor::of);
  }

  @GET
  @Path("/{distributorId}/balance")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "分销员账户余额")
  public Uni<AdminBalance> getBalance(String distributorId) {
    return ledger
        .getBalance(GetBalanceRequest.newBuilder().setDistributorId(distributorId).build())
        .map(AdminBalance::of);
  }
}
