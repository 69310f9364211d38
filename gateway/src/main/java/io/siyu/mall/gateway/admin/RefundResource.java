package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.RefundViews.AdminRefund;
import io.siyu.mall.gateway.admin.RefundViews.AdminRefundEvidenceRequest;
import io.siyu.mall.gateway.admin.RefundViews.AdminRefundRedirectRequest;
import io.siyu.mall.gateway.admin.RefundViews.RefundState;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.BankCard;
import io.siyu.mall.proto.order.v1.ListRefundsRequest;
import io.siyu.mall.proto.order.v1.PayRefundOtherwiseRequest;
import io.siyu.mall.proto.order.v1.Payments;
import io.siyu.mall.proto.order.v1.RedirectRefundRequest;
import io.siyu.mall.proto.order.v1.RetryRefundRequest;
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

/** Refunds out, and what finance decides about those that the provider will not pay. */
@Path(Admin.ROOT)
@Tag(name = "支付 Payments")
public class RefundResource {

  @GrpcClient("order")
  Payments payments;

  @GET
  @Path("/refunds")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "退款单")
  public Uni<Page<AdminRefund>> listRefunds(
      @QueryParam("state") RefundState state,
      @QueryParam("orderId") @Text(TextType.ID) String orderId,
      @Valid @BeanParam PageQuery page) {
    return payments
        .listRefunds(
            ListRefundsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(
                    Wire.write(io.siyu.mall.proto.order.v1.RefundState.class, state, "REFUND_"))
                .setOrderId(Wire.orEmpty(orderId))
                .build())
        .map(r -> Page.of(r.getRefundsList(), AdminRefund::of, r.getNextPageToken()));
  }

  @POST
  @Path("/refunds/{refundId}/retry")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE})
  @Operation(summary = "以原退款单号重试失败的退款")
  public Uni<AdminRefund> retryRefund(
      String refundId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return payments
        .retryRefund(
            RetryRefundRequest.newBuilder().setRequestId(requestId).setRefundId(refundId).build())
        .map(AdminRefund::of);
  }

  @POST
  @Path("/refunds/{refundId}/pay-otherwise")
  @RolesAllowed(Admin.FINANCE)
  @Operation(summary = "已用其他方式退款（须金额一致并留凭证），适用于支付渠道拒绝的退款")
  public Uni<AdminRefund> payRefundOtherwise(
      String refundId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @NotNull @Valid AdminRefundEvidenceRequest evidence) {
    return payments
        .payRefundOtherwise(
            PayRefundOtherwiseRequest.newBuilder()
                .setRequestId(requestId)
                .setRefundId(refundId)
                .setAmount(Fen.money(evidence.amountFen()))
                .setReference(evidence.reference())
                .setNote(evidence.note())
                .build())
        .map(AdminRefund::of);
  }

  @POST
  @Path("/refunds/{refundId}/redirect")
  @RolesAllowed(Admin.FINANCE)
  @Operation(summary = "处理退款异常：退到会员借记卡，或退回商户后另行退款")
  public Uni<AdminRefund> redirectRefund(
      String refundId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @NotNull @Valid AdminRefundRedirectRequest redirect) {
    RedirectRefundRequest.Builder request =
        RedirectRefundRequest.newBuilder()
            .setRequestId(requestId)
            .setRefundId(refundId)
            .setNote(redirect.note());
    if (redirect.card() != null) {
      request.setCard(
          BankCard.newBuilder()
              .setBankType(redirect.card().bankType())
              .setAccount(redirect.card().account())
              .setHolder(redirect.card().holder()));
    }
    return payments.redirectRefund(request.build()).map(AdminRefund::of);
  }
}
