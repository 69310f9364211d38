package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.http.PublicPages;
import io.siyu.mall.gateway.shop.GoodsViews.ProductSort;
import io.siyu.mall.gateway.shop.GoodsViews.ShopBrand;
import io.siyu.mall.gateway.shop.GoodsViews.ShopBrandPage;
import io.siyu.mall.gateway.shop.GoodsViews.ShopCategories;
import io.siyu.mall.gateway.shop.GoodsViews.ShopCategory;
import io.siyu.mall.gateway.shop.GoodsViews.ShopProduct;
import io.siyu.mall.gateway.shop.GoodsViews.ShopProductPage;
import io.siyu.mall.gateway.upstream.CallerToken;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.GetBrandRequest;
import io.siyu.mall.proto.catalog.v1.GetProductRequest;
import io.siyu.mall.proto.catalog.v1.ListBrandsRequest;
import io.siyu.mall.proto.catalog.v1.ListCategoriesRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.MutinyCatalogGrpc.MutinyCatalogStub;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is for sale. Open to everybody, read without anybody's token, kept for a moment. */
@Path(Shop.ROOT)
@PermitAll
@Tag(name = "商品 Goods")
public class GoodsResource {

  private static final String IF_NONE_MATCH = "If-None-Match";
  private static final String JSON = "application/json";

  @GrpcClient("catalog")
  MutinyCatalogStub catalog;

  @Inject PublicPages pages;

  @GET
  @Path("/categories")
  @Operation(summary = "全部分类")
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content = @Content(mediaType = JSON, schema = @Schema(implementation = ShopCategories.class)))
  public Uni<Response> listCategories(@HeaderParam(IF_NONE_MATCH) String ifNoneMatch) {
    return pages.get(
        "categories",
        ifNoneMatch,
        () ->
            CallerToken.anonymous(catalog)
                .listCategories(ListCategoriesRequest.getDefaultInstance())
                .map(r -> new ShopCategories(Wire.list(r.getCategoriesList(), ShopCategory::of))));
  }

  @GET
  @Path("/brands")
  @Operation(summary = "品牌列表")
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content = @Content(mediaType = JSON, schema = @Schema(implementation = ShopBrandPage.class)))
  public Uni<Response> listBrands(
      @Valid @BeanParam PageQuery page, @HeaderParam(IF_NONE_MATCH) String ifNoneMatch) {
    ListBrandsRequest request =
        ListBrandsRequest.newBuilder().setPageSize(page.size()).setPageToken(page.token()).build();
    return pages.get(
        "brands " + request,
        ifNoneMatch,
        () -> CallerToken.anonymous(catalog).listBrands(request).map(ShopBrandPage::of));
  }

  @GET
  @Path("/brands/{brandId}")
  @Operation(summary = "品牌")
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content = @Content(mediaType = JSON, schema = @Schema(implementation = ShopBrand.class)))
  public Uni<Response> getBrand(String brandId, @HeaderParam(IF_NONE_MATCH) String ifNoneMatch) {
    return pages.get(
        "brand " + brandId,
        ifNoneMatch,
        () ->
            CallerToken.anonymous(catalog)
                .getBrand(GetBrandRequest.newBuilder().setBrandId(brandId).build())
                .map(ShopBrand::of));
  }

  @GET
  @Path("/products")
  @Operation(summary = "商品列表：按关键词、品牌、分类")
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(mediaType = JSON, schema = @Schema(implementation = ShopProductPage.class)))
  public Uni<Response> listProducts(
      @QueryParam("q") @Text(TextType.SEARCH) String q,
      @QueryParam("brandId") @Text(TextType.ID) String brandId,
      @QueryParam("categoryId") @Text(TextType.ID) String categoryId,
      @QueryParam("sort") ProductSort sort,
      @Valid @BeanParam PageQuery page,
      @HeaderParam(IF_NONE_MATCH) String ifNoneMatch) {
    ListProductsRequest request =
        ListProductsRequest.newBuilder()
            .setPageSize(page.size())
            .setPageToken(page.token())
            .setQuery(Wire.orEmpty(q))
            .setBrandId(Wire.orEmpty(brandId))
            .setCategoryId(Wire.orEmpty(categoryId))
            .setSort(Wire.write(ListProductsRequest.Sort.class, sort))
            .build();
    return pages.get(
        "products " + request,
        ifNoneMatch,
        () -> CallerToken.anonymous(catalog).listProducts(request).map(ShopProductPage::of));
  }

  @GET
  @Path("/products/{productId}")
  @Operation(summary = "商品详情")
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content = @Content(mediaType = JSON, schema = @Schema(implementation = ShopProduct.class)))
  public Uni<Response> getProduct(
      String productId, @HeaderParam(IF_NONE_MATCH) String ifNoneMatch) {
    return pages.get(
        "product " + productId,
        ifNoneMatch,
        () ->
            CallerToken.anonymous(catalog)
                .getProduct(GetProductRequest.newBuilder().setProductId(productId).build())
                .map(ShopProduct::of));
  }
}
