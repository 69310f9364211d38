package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.shop.AfterSaleViews.AfterSaleState;
import io.siyu.mall.gateway.shop.AfterSaleViews.ShopAfterSaleCase;
import io.siyu.mall.gateway.shop.AfterSaleViews.ShopEscalationRequest;
import io.siyu.mall.gateway.shop.AfterSaleViews.ShopReturnParcelRequest;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.AfterSales;
import io.siyu.mall.proto.order.v1.CancelCaseRequest;
import io.siyu.mall.proto.order.v1.EscalateCaseRequest;
import io.siyu.mall.proto.order.v1.GetCaseRequest;
import io.siyu.mall.proto.order.v1.ListCasesRequest;
import io.siyu.mall.proto.order.v1.SendReturnRequest;
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

/** Refunds and returns, from the member's side. */
@Path(Shop.ROOT + "/after-sale-cases")
@RolesAllowed(Shop.MEMBER)
@Tag(name = "售后 After-sale")
public class AfterSaleResource {

  @GrpcClient("order")
  AfterSales cases;

  @GET
  @Operation(summary = "我的售后单")
  public Uni<Page<ShopAfterSaleCase>> listAfterSaleCases(
      @QueryParam("state") AfterSaleState state,
      @QueryParam("orderId") @Text(TextType.ID) String orderId,
      @Valid @BeanParam PageQuery page) {
    return cases
        .listCases(
            ListCasesRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(
                    Wire.write(io.siyu.mall.proto.order.v1.AfterSaleState.class, state, "CASE_"))
                .setOrderId(Wire.orEmpty(orderId))
                .build())
        .map(r -> Page.of(r.getCasesList(), ShopAfterSaleCase::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{caseId}")
  @Operation(summary = "一个售后单")
  public Uni<ShopAfterSaleCase> getAfterSaleCase(String caseId) {
    return cases
        .getCase(GetCaseRequest.newBuilder().setCaseId(caseId).build())
        .map(ShopAfterSaleCase::of);
  }

  @POST
  @Path("/{caseId}/cancel")
  @Operation(summary = "撤销售后申请")
  public Uni<ShopAfterSaleCase> cancelAfterSaleCase(
      String caseId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return cases
        .cancelCase(
            CancelCaseRequest.newBuilder().setRequestId(requestId).setCaseId(caseId).build())
        .map(ShopAfterSaleCase::of);
  }

  @POST
  @Path("/{caseId}/return-parcel")
  @Operation(summary = "填写退货快递")
  public Uni<ShopAfterSaleCase> sendReturnParcel(
      String caseId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopReturnParcelRequest body) {
    return cases
        .sendReturn(
            SendReturnRequest.newBuilder()
                .setRequestId(requestId)
                .setCaseId(caseId)
                .setCarrier(body.carrier())
                .setTrackingNumber(body.trackingNumber())
                .build())
        .map(ShopAfterSaleCase::of);
  }

  @POST
  @Path("/{caseId}/escalate")
  @Operation(summary = "申请平台介入")
  public Uni<ShopAfterSaleCase> escalateAfterSaleCase(
      String caseId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopEscalationRequest body) {
    return cases
        .escalateCase(
            EscalateCaseRequest.newBuilder()
                .setRequestId(requestId)
                .setCaseId(caseId)
                .setNote(body.note())
                .build())
        .map(ShopAfterSaleCase::of);
  }
}
