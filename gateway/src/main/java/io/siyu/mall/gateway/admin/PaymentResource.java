package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.ListPaymentsRequest;
import io.siyu.mall.proto.order.v1.Payment;
import io.siyu.mall.proto.order.v1.Payments;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Payments in. */
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

  /** Where a payment stands. */
  public enum PaymentState {
    CREATED,
    PREPAID,
    SUCCEEDED,
    CLOSED
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
}
