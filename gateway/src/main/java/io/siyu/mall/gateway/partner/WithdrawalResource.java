package io.siyu.mall.gateway.partner;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.partner.LedgerViews.PartnerWithdrawal;
import io.siyu.mall.gateway.partner.LedgerViews.PartnerWithdrawalRequest;
import io.siyu.mall.gateway.partner.LedgerViews.WithdrawalState;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.ListWithdrawalsRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.Withdrawals;
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
import org.jboss.resteasy.reactive.ResponseStatus;

/** Taking commission out. */
@Path(Partner.ROOT + "/withdrawals")
@RolesAllowed(Partner.MEMBER)
@Tag(name = "提现 Withdrawals")
public class WithdrawalResource {

  @GrpcClient("distributor")
  Withdrawals withdrawals;

  @POST
  @ResponseStatus(201)
  @Operation(summary = "申请提现；金额立即从可提现余额转出")
  public Uni<PartnerWithdrawal> requestWithdrawal(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull PartnerWithdrawalRequest body) {
    return withdrawals
        .requestWithdrawal(
            RequestWithdrawalRequest.newBuilder()
                .setRequestId(requestId)
                .setAmount(Fen.money(body.amountFen()))
                .build())
        .map(PartnerWithdrawal::of);
  }

  @GET
  @Operation(summary = "我的提现记录")
  public Uni<Page<PartnerWithdrawal>> listWithdrawals(
      @QueryParam("state") WithdrawalState state, @Valid @BeanParam PageQuery page) {
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
                .build())
        .map(r -> Page.of(r.getWithdrawalsList(), PartnerWithdrawal::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{withdrawalId}")
  @Operation(summary = "一笔提现")
  public Uni<PartnerWithdrawal> getWithdrawal(String withdrawalId) {
    return withdrawals
        .getWithdrawal(GetWithdrawalRequest.newBuilder().setWithdrawalId(withdrawalId).build())
        .map(PartnerWithdrawal::of);
  }
}
