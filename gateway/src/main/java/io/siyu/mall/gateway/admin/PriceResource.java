package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.GoodsViews.AdminPrice;
import io.siyu.mall.gateway.admin.GoodsViews.AdminPriceRequest;
import io.siyu.mall.gateway.admin.GoodsViews.AdminProduct;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.Catalog;
import io.siyu.mall.proto.catalog.v1.ChangePriceRequest;
import io.siyu.mall.proto.catalog.v1.ListPriceHistoryRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Prices of SKUs, now and before. */
@Path(Admin.ROOT + "/skus/{skuId}/prices")
@Tag(name = "商品 Catalogue")
public class PriceResource {

  @GrpcClient("catalog")
  Catalog catalog;

  @POST
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @ResponseStatus(201)
  @Operation(summary = "调价；返回所属商品")
  public Uni<AdminProduct> changePrice(
      String skuId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminPriceRequest body) {
    return catalog
        .changePrice(
            ChangePriceRequest.newBuilder()
                .setRequestId(requestId)
                .setSkuId(skuId)
                .setListPrice(Fen.money(body.listPriceFen()))
                .setPrice(Fen.money(body.priceFen()))
                .setReason(Wire.orEmpty(body.reason()))
                .build())
        .map(AdminProduct::of);
  }

  @GET
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.AUDITOR
  })
  @Operation(summary = "价格历史，最新在前")
  public Uni<Page<AdminPrice>> listPriceHistory(String skuId, @Valid @BeanParam PageQuery page) {
    return catalog
        .listPriceHistory(
            ListPriceHistoryRequest.newBuilder()
                .setSkuId(skuId)
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getPricesList(), AdminPrice::of, r.getNextPageToken()));
  }
}
