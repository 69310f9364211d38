package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.GoodsViews.AdminBrand;
import io.siyu.mall.gateway.admin.GoodsViews.AdminBrandChangeRequest;
import io.siyu.mall.gateway.admin.GoodsViews.AdminBrandRequest;
import io.siyu.mall.gateway.http.ETags;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.Catalog;
import io.siyu.mall.proto.catalog.v1.CreateBrandRequest;
import io.siyu.mall.proto.catalog.v1.GetBrandRequest;
import io.siyu.mall.proto.catalog.v1.ListBrandsRequest;
import io.siyu.mall.proto.catalog.v1.PutBrandOnSaleRequest;
import io.siyu.mall.proto.catalog.v1.TakeBrandOffSaleRequest;
import io.siyu.mall.proto.catalog.v1.UpdateBrandRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Brands. */
@Path(Admin.ROOT + "/brands")
@Tag(name = "商品 Catalogue")
public class BrandResource {

  @GrpcClient("catalog")
  Catalog catalog;

  @GET
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.MENTOR,
    Admin.AUDITOR
  })
  @Operation(summary = "品牌列表")
  public Uni<Page<AdminBrand>> listBrands(@Valid @BeanParam PageQuery page) {
    return catalog
        .listBrands(
            ListBrandsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getBrandsList(), AdminBrand::of, r.getNextPageToken()));
  }

  @POST
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @ResponseStatus(201)
  @Operation(summary = "新增品牌")
  public Uni<AdminBrand> createBrand(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminBrandRequest body) {
    return catalog
        .createBrand(
            CreateBrandRequest.newBuilder()
                .setRequestId(requestId)
                .setCode(body.code())
                .setName(body.name())
                .setLogoUrl(Wire.orEmpty(body.logoUrl()))
                .setStory(Wire.orEmpty(body.story()))
                .build())
        .map(AdminBrand::of);
  }

  @GET
  @Path("/{brandId}")
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.MENTOR,
    Admin.AUDITOR
  })
  @Operation(summary = "一个品牌")
  public Uni<RestResponse<AdminBrand>> getBrand(String brandId) {
    return catalog
        .getBrand(GetBrandRequest.newBuilder().setBrandId(brandId).build())
        .map(BrandResource::tagged);
  }

  @PUT
  @Path("/{brandId}")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "修改品牌")
  public Uni<RestResponse<AdminBrand>> replaceBrand(
      String brandId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @HeaderParam(ETags.IF_MATCH) String ifMatch,
      @Valid @NotNull AdminBrandChangeRequest body) {
    return catalog
        .updateBrand(
            UpdateBrandRequest.newBuilder()
                .setRequestId(requestId)
                .setBrandId(brandId)
                .setVersion(ETags.version(ifMatch))
                .setName(body.name())
                .setLogoUrl(Wire.orEmpty(body.logoUrl()))
                .setStory(Wire.orEmpty(body.story()))
                .build())
        .map(BrandResource::tagged);
  }

  @POST
  @Path("/{brandId}/take-off-sale")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "整个品牌下架：买家看不到也买不到，已下的订单照常")
  public Uni<RestResponse<AdminBrand>> takeBrandOffSale(
      String brandId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return catalog
        .takeBrandOffSale(
            TakeBrandOffSaleRequest.newBuilder()
                .setRequestId(requestId)
                .setBrandId(brandId)
                .setReason(body.reason())
                .build())
        .map(BrandResource::tagged);
  }

  @POST
  @Path("/{brandId}/put-on-sale")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "品牌恢复上架")
  public Uni<RestResponse<AdminBrand>> putBrandOnSale(
      String brandId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return catalog
        .putBrandOnSale(
            PutBrandOnSaleRequest.newBuilder().setRequestId(requestId).setBrandId(brandId).build())
        .map(BrandResource::tagged);
  }

  private static RestResponse<AdminBrand> tagged(Brand brand) {
    return ETags.ok(AdminBrand.of(brand), brand.getVersion());
  }
}
