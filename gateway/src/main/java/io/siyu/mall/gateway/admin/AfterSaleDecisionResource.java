package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.AfterSaleViews.AdminAfterSaleCase;
import io.siyu.mall.gateway.admin.AfterSaleViews.AdminApprovalRequest;
import io.siyu.mall.gateway.admin.AfterSaleViews.AdminDecisionRequest;
import io.siyu.mall.gateway.admin.AfterSaleViews.AdminReceiptRequest;
import io.siyu.mall.gateway.admin.AfterSaleViews.AdminRefusalRequest;
import io.siyu.mall.gateway.admin.AfterSaleViews.AdminReshipRequest;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.AfterSales;
import io.siyu.mall.proto.order.v1.ApproveCaseRequest;
import io.siyu.mall.proto.order.v1.DecideArbitrationRequest;
import io.siyu.mall.proto.order.v1.ReceiveReturnRequest;
import io.siyu.mall.proto.order.v1.RefuseReturnRequest;
import io.siyu.mall.proto.order.v1.RejectCaseRequest;
import io.siyu.mall.proto.order.v1.ReshipRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What staff decide about a case. */
@Path(Admin.ROOT + "/after-sale-cases")
@Tag(name = "售后 After-sale")
public class AfterSaleDecisionResource {

  @GrpcClient("order")
  AfterSales cases;

  @POST
  @Path("/{caseId}/approve")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.BRAND_OPERATOR})
  @Operation(summary = "同意售后")
  public Uni<AdminAfterSaleCase> approveAfterSaleCase(
      String caseId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid AdminApprovalRequest body) {
    return cases
        .approveCase(
            ApproveCaseRequest.newBuilder()
                .setRequestId(requestId)
                .setCaseId(caseId)
                .setNote(body == null ? "" : Wire.orEmpty(body.note()))
                .build())
        .map(AdminAfterSaleCase::of);
  }

  @POST
  @Path("/{caseId}/reject")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.BRAND_OPERATOR})
  @Operation(summary = "拒绝售后")
  public Uni<AdminAfterSaleCase> rejectAfterSaleCase(
      String caseId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return cases
        .rejectCase(
            RejectCaseRequest.newBuilder()
                .setRequestId(requestId)
                .setCaseId(caseId)
                .setReason(body.reason())
                .build())
        .map(AdminAfterSaleCase::of);
  }

  @POST
  @Path("/{caseId}/receive")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.BRAND_OPERATOR})
  @Operation(summary = "收到退货")
  public Uni<AdminAfterSaleCase> receiveReturn(
      String caseId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReceiptRequest body) {
    return cases
        .receiveReturn(
            ReceiveReturnRequest.newBuilder()
                .setRequestId(requestId)
                .setCaseId(caseId)
                .setRestock(body.restock())
                .build())
        .map(AdminAfterSaleCase::of);
  }

  @POST
  @Path("/{caseId}/refuse")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.BRAND_OPERATOR})
  @Operation(summary = "拒收退货（须有凭证）")
  public Uni<AdminAfterSaleCase> refuseReturn(
      String caseId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminRefusalRequest body) {
    return cases
        .refuseReturn(
            RefuseReturnRequest.newBuilder()
                .setRequestId(requestId)
                .setCaseId(caseId)
                .setReason(body.reason())
                .addAllEvidenceUrls(body.evidenceUrls())
                .build())
        .map(AdminAfterSaleCase::of);
  }

  @POST
  @Path("/{caseId}/reship")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.BRAND_OPERATOR})
  @Operation(summary = "换货寄出")
  public Uni<AdminAfterSaleCase> reship(
      String caseId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReshipRequest body) {
    return cases
        .reship(
            ReshipRequest.newBuilder()
                .setRequestId(requestId)
                .setCaseId(caseId)
                .setCarrier(body.carrier())
                .setTrackingNumber(body.trackingNumber())
                .build())
        .map(AdminAfterSaleCase::of);
  }

  @POST
  @Path("/{caseId}/decide")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "平台仲裁")
  public Uni<AdminAfterSaleCase> decideArbitration(
      String caseId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminDecisionRequest body) {
    return cases
        .decideArbitration(
            DecideArbitrationRequest.newBuilder()
                .setRequestId(requestId)
                .setCaseId(caseId)
                .setRefund(body.refund())
                .setReason(body.reason())
                .build())
        .map(AdminAfterSaleCase::of);
  }
}
