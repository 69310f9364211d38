package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.AfterSaleViews.AdminAfterSaleCase;
import io.siyu.mall.gateway.admin.AfterSaleViews.AdminAfterSaleRequest;
import io.siyu.mall.gateway.admin.OrderViews.AdminAddressChangeRequest;
import io.siyu.mall.gateway.admin.OrderViews.AdminOrder;
import io.siyu.mall.gateway.admin.OrderViews.AdminParcelCorrectionRequest;
import io.siyu.mall.gateway.admin.OrderViews.AdminParcelLineRequest;
import io.siyu.mall.gateway.admin.OrderViews.AdminParcelRequest;
import io.siyu.mall.gateway.admin.OrderViews.OrderState;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.AfterSaleKind;
import io.siyu.mall.proto.order.v1.AfterSales;
import io.siyu.mall.proto.order.v1.ChangeAddressRequest;
import io.siyu.mall.proto.order.v1.CorrectParcelRequest;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.OpenCaseRequest;
import io.siyu.mall.proto.order.v1.Orders;
import io.siyu.mall.proto.order.v1.ShipParcelRequest;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Orders and their parcels. */
@Path(Admin.ROOT + "/orders")
@Tag(name = "订单 Orders")
public class OrderResource {

  @GrpcClient("order")
  Orders orders;

  @GrpcClient("order")
  AfterSales cases;

  @GET
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.AUDITOR
  })
  @Operation(
      summary = "订单列表",
      description =
          "receiverPhone 须为完整号码，限发货人员（platform-admin、brand-admin、brand-operator）使用。"
              + "memberId 可重复：合并过的会员，订单留在原会员名下（mergedIds）。")
  public Uni<Page<AdminOrder>> listOrders(
      @QueryParam("state") OrderState state,
      @QueryParam("brandCode") @Text(TextType.BRAND_CODE) String brandCode,
      @QueryParam("memberId") @Size(max = Bounds.MEMBERS)
          List<@NotBlank @Text(TextType.ID) String> memberId,
      @QueryParam("orderNo") @Text(TextType.ORDER_NO) String orderNo,
      @QueryParam("placedFrom") OffsetDateTime placedFrom,
      @QueryParam("placedUntil") OffsetDateTime placedUntil,
      @QueryParam("productId") @Text(TextType.ID) String productId,
      @QueryParam("receiverPhone") @Text(TextType.PHONE) String receiverPhone,
      @Valid @BeanParam PageQuery page) {
    ListOrdersRequest.Builder request =
        ListOrdersRequest.newBuilder()
            .setPageSize(page.size())
            .setPageToken(page.token())
            .setState(Wire.write(io.siyu.mall.proto.order.v1.OrderState.class, state))
            .setBrandCode(Wire.orEmpty(brandCode))
            .addAllMemberIds(memberId)
            .setOrderNo(Wire.orEmpty(orderNo))
            .setProductId(Wire.orEmpty(productId))
            .setReceiverPhone(Wire.orEmpty(receiverPhone));
    if (placedFrom != null) {
      request.setPlacedFrom(Wire.timestamp(placedFrom.toInstant()));
    }
    if (placedUntil != null) {
      request.setPlacedUntil(Wire.timestamp(placedUntil.toInstant()));
    }
    return orders
        .listOrders(request.build())
        .map(r -> Page.of(r.getOrdersList(), AdminOrder::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{orderId}")
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.AUDITOR
  })
  @Operation(summary = "一个订单，含时间线与归因")
  public Uni<AdminOrder> getOrder(String orderId) {
    return orders
        .getOrder(GetOrderRequest.newBuilder().setOrderId(orderId).build())
        .map(AdminOrder::of);
  }

  @POST
  @Path("/{orderId}/parcels")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.BRAND_OPERATOR})
  @ResponseStatus(201)
  @Operation(summary = "发货：一个包裹；返回订单")
  public Uni<AdminOrder> shipParcel(
      String orderId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminParcelRequest body) {
    ShipParcelRequest.Builder request =
        ShipParcelRequest.newBuilder()
            .setRequestId(requestId)
            .setOrderId(orderId)
            .setCarrier(body.carrier())
            .setTrackingNumber(body.trackingNumber());
    if (body.lines() != null) {
      request.addAllLines(Wire.list(body.lines(), AdminParcelLineRequest::line));
    }
    return orders.shipParcel(request.build()).map(AdminOrder::of);
  }

  @POST
  @Path("/{orderId}/parcels/{parcelId}/correct")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.BRAND_OPERATOR})
  @Operation(summary = "更正包裹的承运商与运单号；返回订单")
  public Uni<AdminOrder> correctParcel(
      String orderId,
      String parcelId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminParcelCorrectionRequest body) {
    return orders
        .correctParcel(
            CorrectParcelRequest.newBuilder()
                .setRequestId(requestId)
                .setOrderId(orderId)
                .setParcelId(parcelId)
                .setCarrier(body.carrier())
                .setTrackingNumber(body.trackingNumber())
                .setReason(body.reason())
                .build())
        .map(AdminOrder::of);
  }

  @POST
  @Path("/{orderId}/change-address")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.BRAND_OPERATOR})
  @Operation(summary = "未发货前修改收货地址；返回订单")
  public Uni<AdminOrder> changeAddress(
      String orderId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminAddressChangeRequest body) {
    return orders
        .changeAddress(
            ChangeAddressRequest.newBuilder()
                .setRequestId(requestId)
                .setOrderId(orderId)
                .setAddress(body.address())
                .setReason(body.reason())
                .build())
        .map(AdminOrder::of);
  }

  @POST
  @Path("/{orderId}/after-sale-cases")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @ResponseStatus(201)
  @Operation(summary = "代会员发起售后（如善意退款）")
  public Uni<AdminAfterSaleCase> openAfterSaleCase(
      String orderId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminAfterSaleRequest body) {
    OpenCaseRequest.Builder request =
        OpenCaseRequest.newBuilder()
            .setRequestId(requestId)
            .setOrderId(orderId)
            .setOrderLineId(body.orderLineId())
            .setQuantity(body.quantity())
            .setKind(Wire.write(AfterSaleKind.class, body.kind()))
            .setReasonCode(body.reasonCode())
            .setNote(Wire.orEmpty(body.note()));
    if (body.pictures() != null) {
      request.addAllPictureUrls(body.pictures());
    }
    return cases.openCase(request.build()).map(AdminAfterSaleCase::of);
  }
}
