package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.shop.AfterSaleViews.ShopAfterSaleCase;
import io.siyu.mall.gateway.shop.AfterSaleViews.ShopAfterSaleRequest;
import io.siyu.mall.gateway.shop.OrderViews.OrderState;
import io.siyu.mall.gateway.shop.OrderViews.ShopAddressChangeRequest;
import io.siyu.mall.gateway.shop.OrderViews.ShopOrder;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.membership.v1.GetAddressRequest;
import io.siyu.mall.proto.membership.v1.Members;
import io.siyu.mall.proto.order.v1.AfterSaleKind;
import io.siyu.mall.proto.order.v1.AfterSales;
import io.siyu.mall.proto.order.v1.ChangeAddressRequest;
import io.siyu.mall.proto.order.v1.ConfirmReceiptRequest;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.OpenCaseRequest;
import io.siyu.mall.proto.order.v1.Orders;
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

/** The member's orders. */
@Path(Shop.ROOT + "/orders")
@RolesAllowed(Shop.MEMBER)
@Tag(name = "订单 Orders")
public class OrderResource {

  @GrpcClient("order")
  Orders orders;

  @GrpcClient("order")
  AfterSales cases;

  @GrpcClient("membership")
  Members members;

  @GET
  @Operation(summary = "我的订单")
  public Uni<Page<ShopOrder>> listOrders(
      @QueryParam("state") OrderState state, @Valid @BeanParam PageQuery page) {
    return orders
        .listOrders(
            ListOrdersRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(Wire.write(io.siyu.mall.proto.order.v1.OrderState.class, state))
                .build())
        .map(r -> Page.of(r.getOrdersList(), ShopOrder::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{orderId}")
  @Operation(summary = "订单详情，含时间线")
  public Uni<ShopOrder> getOrder(String orderId) {
    return orders
        .getOrder(GetOrderRequest.newBuilder().setOrderId(orderId).build())
        .map(ShopOrder::of);
  }

  @POST
  @Path("/{orderId}/receipt")
  @Operation(summary = "确认收货")
  public Uni<ShopOrder> confirmReceipt(
      String orderId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return orders
        .confirmReceipt(
            ConfirmReceiptRequest.newBuilder().setRequestId(requestId).setOrderId(orderId).build())
        .map(ShopOrder::of);
  }

  @POST
  @Path("/{orderId}/change-address")
  @Operation(summary = "未发货前改用另一个收货地址")
  public Uni<ShopOrder> changeAddress(
      String orderId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopAddressChangeRequest body) {
    return members
        .getAddress(GetAddressRequest.newBuilder().setAddressId(body.addressId()).build())
        .flatMap(
            address ->
                orders.changeAddress(
                    ChangeAddressRequest.newBuilder()
                        .setRequestId(requestId)
                        .setOrderId(orderId)
                        .setAddress(OrderViews.shipping(address))
                        .build()))
        .map(ShopOrder::of);
  }

  @POST
  @Path("/{orderId}/after-sale-cases")
  @ResponseStatus(201)
  @Operation(summary = "申请售后（按行、按数量）")
  public Uni<ShopAfterSaleCase> openAfterSaleCase(
      String orderId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopAfterSaleRequest body) {
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
    return cases.openCase(request.build()).map(ShopAfterSaleCase::of);
  }
}
