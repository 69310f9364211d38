package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.shop.OrderViews.OrderState;
import io.siyu.mall.gateway.shop.OrderViews.ShopOrder;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.ConfirmReceiptRequest;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.Orders;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The member's orders. */
@Path(Shop.ROOT + "/orders")
@RolesAllowed(Shop.MEMBER)
@Tag(name = "订单 Orders")
public class OrderResource {

  @GrpcClient("order")
  Orders orders;

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
}
