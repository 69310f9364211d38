package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.KeyOptional;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopCancelRequest;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopCheckoutLineRequest;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopPayment;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopPaymentIntent;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopPaymentRequest;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopTrade;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopTradeRequest;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.membership.v1.GetAddressRequest;
import io.siyu.mall.proto.membership.v1.GetMyOpenidRequest;
import io.siyu.mall.proto.membership.v1.Members;
import io.siyu.mall.proto.order.v1.CancelTradeRequest;
import io.siyu.mall.proto.order.v1.Checkouts;
import io.siyu.mall.proto.order.v1.GetTradeRequest;
import io.siyu.mall.proto.order.v1.Payments;
import io.siyu.mall.proto.order.v1.PlaceTradeRequest;
import io.siyu.mall.proto.order.v1.Provider;
import io.siyu.mall.proto.order.v1.StartPaymentRequest;
import io.siyu.mall.proto.order.v1.SyncPaymentRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Buying and paying. */
@Path(Shop.ROOT + "/trades")
@RolesAllowed(Shop.MEMBER)
@Tag(name = "下单 Checkout")
public class TradeResource {

  @GrpcClient("order")
  Checkouts checkouts;

  @GrpcClient("order")
  Payments payments;

  @GrpcClient("membership")
  Members members;

  @POST
  @ResponseStatus(201)
  @Operation(summary = "提交订单：占用库存，冻结价格与归因，每个品牌一个订单")
  public Uni<ShopTrade> placeTrade(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopTradeRequest body) {
    return members
        .getAddress(GetAddressRequest.newBuilder().setAddressId(body.addressId()).build())
        .flatMap(
            address ->
                checkouts.placeTrade(
                    PlaceTradeRequest.newBuilder()
                        .setRequestId(requestId)
                        .addAllLines(Wire.list(body.lines(), ShopCheckoutLineRequest::line))
                        .setAddress(OrderViews.shipping(address))
                        .setTouchId(Wire.orEmpty(body.touchId()))
                        .setPriceToken(Wire.orEmpty(body.priceToken()))
                        .setNote(Wire.orEmpty(body.note()))
                        .build()))
        .map(ShopTrade::of);
  }

  @GET
  @Path("/{tradeId}")
  @Operation(summary = "一笔交易")
  public Uni<ShopTrade> getTrade(String tradeId) {
    return checkouts
        .getTrade(GetTradeRequest.newBuilder().setTradeId(tradeId).build())
        .map(ShopTrade::of);
  }

  @POST
  @Path("/{tradeId}/cancel")
  @Operation(summary = "取消未支付的交易")
  public Uni<ShopTrade> cancelTrade(
      String tradeId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid ShopCancelRequest body) {
    return checkouts
        .cancelTrade(
            CancelTradeRequest.newBuilder()
                .setRequestId(requestId)
                .setTradeId(tradeId)
                .setReason(body == null ? "" : Wire.orEmpty(body.reason()))
                .build())
        .map(ShopTrade::of);
  }

  @POST
  @Path("/{tradeId}/payments")
  @ResponseStatus(201)
  @Operation(summary = "发起支付：返回客户端调起支付所需的参数")
  public Uni<ShopPaymentIntent> startPayment(
      String tradeId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopPaymentRequest body) {
    return members
        .getMyOpenid(GetMyOpenidRequest.getDefaultInstance())
        .flatMap(
            me ->
                payments.startPayment(
                    StartPaymentRequest.newBuilder()
                        .setRequestId(requestId)
                        .setTradeId(tradeId)
                        .setProvider(Wire.write(Provider.class, body.provider()))
                        .setOpenid(me.getOpenid())
                        .build()))
        .map(ShopPaymentIntent::of);
  }

  @POST
  @Path("/{tradeId}/payments/sync")
  @KeyOptional
  @Operation(summary = "立即向支付平台查询结果（已付款但未显示时）")
  public Uni<ShopPayment> syncPayment(
      String tradeId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return payments
        .syncPayment(
            SyncPaymentRequest.newBuilder().setRequestId(requestId).setTradeId(tradeId).build())
        .map(ShopPayment::of);
  }
}
