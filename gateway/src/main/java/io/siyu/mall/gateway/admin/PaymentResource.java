package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.ListPaymentsRequest;
import io.siyu.mall.proto.order.v1.ListRefundsRequest;
import io.siyu.mall.proto.order.v1.Payment;
import io.siyu.mall.proto.order.v1.Payments;
import io.siyu.mall.proto.order.v1.Refund;
import io.siyu.mall.proto.order.v1.RetryRefundRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Payments in, refunds out. */
@Path(Admin.ROOT)
@Tag(name = "支付 Payments")
public class PaymentResource {

  @GrpcClient("order")
  Payments payments;

  @GET
  @Path("/payments")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "支付单")
  public Uni<Page<AdminPayment>> listPayments(
      @QueryParam("tradeId") @Text(TextType.ID) String tradeId, @Valid @BeanParam PageQuery page) {
    return payments
        .listPayments(
            ListPaymentsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setTradeId(Wire.orEmpty(tradeId))
                .build())
        .map(r -> Page.of(r.getPaymentsList(), AdminPayment::of, r.getNextPageToken()));
  }

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

  /** Where a payment stands. */
  public enum PaymentState {
    CREATED,
    PREPAID,
    SUCCEEDED,
    CLOSED
  }

  /** Where a refund stands. */
  public enum RefundState {
    REQUESTED,
    SUBMITTED,
    SUCCEEDED,
    FAILED
  }

  /** A payment; {@code paymentNo} is its number at the provider's. */
  public record AdminPayment(
      String paymentId,
      String tradeId,
      String provider,
      String paymentNo,
      @Nullable String providerTransactionId,
      PaymentState state,
      long amountFen,
      @Nullable Instant createdAt,
      @Nullable Instant succeededAt) {

    static AdminPayment of(Payment p) {
      return new AdminPayment(
          p.getPaymentId(),
          p.getTradeId(),
          p.getProvider().name(),
          p.getPaymentNo(),
          Wire.text(p.getProviderTransactionId()),
          Wire.read(PaymentState.class, p.getState(), "PAYMENT_"),
          Fen.of(p.getAmount()),
          Wire.instant(p.hasCreatedAt(), p.getCreatedAt()),
          Wire.instant(p.hasSucceededAt(), p.getSucceededAt()));
    }
  }

  /**
   * A refund; its number never changes, and it has no order when a payment came too late or twice.
   */
  public record AdminRefund(
      String refundId,
      String refundNo,
      String paymentId,
      String tradeId,
      @Nullable String orderId,
      @Nullable String afterSaleCaseId,
      RefundState state,
      long amountFen,
      @Nullable String reason,
      @Nullable String failure,
      int attempts,
      @Nullable Instant requestedAt,
      @Nullable Instant succeededAt) {

    static AdminRefund of(Refund r) {
      return new AdminRefund(
          r.getRefundId(),
          r.getRefundNo(),
          r.getPaymentId(),
          r.getTradeId(),
          Wire.text(r.getOrderId()),
          Wire.text(r.getAfterSaleCaseId()),
          Wire.read(RefundState.class, r.getState(), "REFUND_"),
          Fen.of(r.getAmount()),
          Wire.text(r.getReason()),
          Wire.text(r.getFailure()),
          r.getAttempts(),
          Wire.instant(r.hasRequestedAt(), r.getRequestedAt()),
          Wire.instant(r.hasSucceededAt(), r.getSucceededAt()));
    }
  }
}
