package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.KeyOptional;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopCheckout;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopCheckoutLineRequest;
import io.siyu.mall.gateway.shop.CheckoutViews.ShopCheckoutRequest;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.Checkouts;
import io.siyu.mall.proto.order.v1.PreviewCheckoutRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The price of what was chosen, before anything happens. */
@Path(Shop.ROOT + "/checkouts")
@RolesAllowed(Shop.MEMBER)
@Tag(name = "下单 Checkout")
public class CheckoutResource {

  @GrpcClient("order")
  Checkouts checkouts;

  @POST
  @KeyOptional
  @Operation(summary = "结算预览：逐行价格与优惠原因，不产生订单")
  public Uni<ShopCheckout> previewCheckout(@Valid @NotNull ShopCheckoutRequest body) {
    return checkouts
        .previewCheckout(
            PreviewCheckoutRequest.newBuilder()
                .addAllLines(Wire.list(body.lines(), ShopCheckoutLineRequest::line))
                .setTouchId(Wire.orEmpty(body.touchId()))
                .build())
        .map(ShopCheckout::of);
  }
}
