package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.LedgerViews.AdminWithdrawal;
import io.siyu.mall.gateway.admin.LedgerViews.WithdrawalState;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.ApproveWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.GiveUpWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.ListWithdrawalsRequest;
import io.siyu.mall.proto.distributor.v1.RejectWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.RetryWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.Withdrawals;
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

/** Withdrawals, decided by finance. */
@Path(Admin.ROOT + "/withdrawals")
@Tag(name = "提现 Withdrawals")
public class WithdrawalResource {

  @GrpcClient("distributor")
  Withdrawals withdrawals;

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "提现列表")
  public Uni<Page<AdminWithdrawal>> listWithdrawals(
      @QueryParam("state") WithdrawalState state,
      @QueryParam("distributorId") @Text(TextType.ID) String distributorId,
      @Valid @BeanParam PageQuery page) {
    return withdrawals
        .listWithdrawals(
            ListWithdrawalsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(
                    Wire.write(
                        io.siyu.mall.proto.distributor.v1.WithdrawalState.class,
                        state,
                        "WITHDRAWAL_"))
                .setDistributorId(Wire.orEmpty(distributorId))
                .build())
        .map(r -> Page.of(r.getWithdrawalsList(), AdminWithdrawal::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{withdrawalId}")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "一笔提现")
  public Uni<AdminWithdrawal> getWithdrawal(String withdrawalId) {
    return withdrawals
        .getWithdrawal(GetWithdrawalRequest.newBuilder().setWithdrawalId(withdrawalId).build())
        .map(AdminWithdrawal::of);
  }

  @POST
  @Path("/{withdrawalId}/approve")
  @RolesAllowed(Admin.FINANCE)
  @Operation(summary = "批准提现", description = "分销员已被暂停时转为 HELD（暂缓），恢复或关闭后自动继续，无需再次批准。")
  public Uni<AdminWithdrawal> approveWithdrawal(
      String withdrawalId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return withdrawals
        .approveWithdrawal(
            ApproveWithdrawalRequest.newBuilder()
                .setRequestId(requestId)
                .setWithdrawalId(withdrawalId)
                .build())
        .map(AdminWithdrawal::of);
  }

  @POST
  @Path("/{withdrawalId}/reject")
  @RolesAllowed(Admin.FINANCE)
  @Operation(summary = "驳回提现，金额退回可提现余额")
  public Uni<AdminWithdrawal> rejectWithdrawal(
      String withdrawalId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return withdrawals
        .rejectWithdrawal(
            RejectWithdrawalRequest.newBuilder()
                .setRequestId(requestId)
                .setWithdrawalId(withdrawalId)
                .setReason(body.reason())
                .build())
        .map(AdminWithdrawal::of);
  }

  @POST
  @Path("/{withdrawalId}/retry")
  @RolesAllowed(Admin.FINANCE)
  @Operation(summary = "立即重试打款", description = "仅限打款中（PAYING）的提现；沿用原商户单号，先前的拒绝与放弃均作废。")
  public Uni<AdminWithdrawal> retryWithdrawal(
      String withdrawalId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return withdrawals
        .retryWithdrawal(
            RetryWithdrawalRequest.newBuilder()
                .setRequestId(requestId)
                .setWithdrawalId(withdrawalId)
                .build())
        .map(AdminWithdrawal::of);
  }

  @POST
  @Path("/{withdrawalId}/give-up")
  @RolesAllowed(Admin.FINANCE)
  @Operation(
      summary = "放弃打款，金额退回可提现余额",
      description =
          "仅限打款中（PAYING）的提现。先向微信支付查单：单据存在且未失败则拒绝（TRANSFER_EXISTS）；"
              + "单据失败，或确认不存在，则置为 FAILED；若请求可能仍在途中，则停止打款，"
              + "返回 PAYING 且 givenUp 为 true，确认不存在后自动置为 FAILED。")
  public Uni<AdminWithdrawal> giveUpWithdrawal(
      String withdrawalId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return withdrawals
        .giveUpWithdrawal(
            GiveUpWithdrawalRequest.newBuilder()
                .setRequestId(requestId)
                .setWithdrawalId(withdrawalId)
                .setReason(body.reason())
                .build())
        .map(AdminWithdrawal::of);
  }
}
