package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.GoodsViews.AdminAttributeRequest;
import io.siyu.mall.gateway.admin.GoodsViews.AdminProduct;
import io.siyu.mall.gateway.admin.GoodsViews.AdminProductChangeRequest;
import io.siyu.mall.gateway.admin.GoodsViews.AdminProductRequest;
import io.siyu.mall.gateway.admin.GoodsViews.AdminSkuRequest;
import io.siyu.mall.gateway.admin.GoodsViews.ProductState;
import io.siyu.mall.gateway.http.ETags;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.AddSkuRequest;
import io.siyu.mall.proto.catalog.v1.Catalog;
import io.siyu.mall.proto.catalog.v1.CreateProductRequest;
import io.siyu.mall.proto.catalog.v1.GetProductRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.PublishProductRequest;
import io.siyu.mall.proto.catalog.v1.UpdateProductRequest;
import io.siyu.mall.proto.catalog.v1.WithdrawProductRequest;
import io.siyu.mall.text.TextType;
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
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Products. */
@Path(Admin.ROOT + "/products")
@Tag(name = "商品 Catalogue")
public class ProductResource {

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
  @Operation(summary = "商品列表，含未上架")
  public Uni<Page<AdminProduct>> listProducts(
      @QueryParam("q") @Text(TextType.SEARCH) String q,
      @QueryParam("brandId") @Text(TextType.ID) String brandId,
      @QueryParam("categoryId") @Text(TextType.ID) String categoryId,
      @QueryParam("state") ProductState state,
      @Valid @BeanParam PageQuery page) {
    return catalog
        .listProducts(
            ListProductsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setQuery(Wire.orEmpty(q))
                .setBrandId(Wire.orEmpty(brandId))
                .setCategoryId(Wire.orEmpty(categoryId))
                .setState(Wire.write(io.siyu.mall.proto.catalog.v1.ProductState.class, state))
                .build())
        .map(r -> Page.of(r.getProductsList(), AdminProduct::of, r.getNextPageToken()));
  }

  @POST
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "新增商品及其规格")
  public Uni<RestResponse<AdminProduct>> createProduct(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminProductRequest body) {
    return catalog
        .createProduct(
            CreateProductRequest.newBuilder()
                .setRequestId(requestId)
                .setBrandId(body.brandId())
                .setProductNo(body.productNo())
                .setCategoryId(body.categoryId())
                .setTitle(body.title())
                .setBrief(Wire.orEmpty(body.brief()))
                .setUnit(Wire.orEmpty(body.unit()))
                .addAllKeywords(orNone(body.keywords()))
                .setCoverUrl(Wire.orEmpty(body.coverUrl()))
                .addAllGalleryUrls(orNone(body.galleryUrls()))
                .addAllAttributes(
                    Wire.list(orNone(body.attributes()), AdminAttributeRequest::attribute))
                .setDetailHtml(Wire.orEmpty(body.detailHtml()))
                .addAllSkus(Wire.list(body.skus(), AdminSkuRequest::draft))
                .build())
        .map(p -> ETags.created(AdminProduct.of(p), p.getVersion()));
  }

  @GET
  @Path("/{productId}")
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.MENTOR,
    Admin.AUDITOR
  })
  @Operation(summary = "一个商品")
  public Uni<RestResponse<AdminProduct>> getProduct(String productId) {
    return catalog
        .getProduct(GetProductRequest.newBuilder().setProductId(productId).build())
        .map(ProductResource::tagged);
  }

  @PUT
  @Path("/{productId}")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "修改商品")
  public Uni<RestResponse<AdminProduct>> replaceProduct(
      String productId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @HeaderParam(ETags.IF_MATCH) String ifMatch,
      @Valid @NotNull AdminProductChangeRequest body) {
    return catalog
        .updateProduct(
            UpdateProductRequest.newBuilder()
                .setRequestId(requestId)
                .setProductId(productId)
                .setVersion(ETags.version(ifMatch))
                .setCategoryId(body.categoryId())
                .setTitle(body.title())
                .setBrief(Wire.orEmpty(body.brief()))
                .setUnit(Wire.orEmpty(body.unit()))
                .addAllKeywords(orNone(body.keywords()))
                .setCoverUrl(Wire.orEmpty(body.coverUrl()))
                .addAllGalleryUrls(orNone(body.galleryUrls()))
                .addAllAttributes(
                    Wire.list(orNone(body.attributes()), AdminAttributeRequest::attribute))
                .setDetailHtml(Wire.orEmpty(body.detailHtml()))
                .build())
        .map(ProductResource::tagged);
  }

  @POST
  @Path("/{productId}/skus")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "为商品增加一个规格；返回商品")
  public Uni<RestResponse<AdminProduct>> addSku(
      String productId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminSkuRequest body) {
    return catalog
        .addSku(
            AddSkuRequest.newBuilder()
                .setRequestId(requestId)
                .setProductId(productId)
                .setSku(body.draft())
                .build())
        .map(p -> ETags.created(AdminProduct.of(p), p.getVersion()));
  }

  @POST
  @Path("/{productId}/publish")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "上架")
  public Uni<RestResponse<AdminProduct>> publishProduct(
      String productId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return catalog
        .publishProduct(
            PublishProductRequest.newBuilder()
                .setRequestId(requestId)
                .setProductId(productId)
                .build())
        .map(ProductResource::tagged);
  }

  @POST
  @Path("/{productId}/withdraw")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "下架")
  public Uni<RestResponse<AdminProduct>> withdrawProduct(
      String productId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return catalog
        .withdrawProduct(
            WithdrawProductRequest.newBuilder()
                .setRequestId(requestId)
                .setProductId(productId)
                .setReason(body.reason())
                .build())
        .map(ProductResource::tagged);
  }

  private static RestResponse<AdminProduct> tagged(Product product) {
    return ETags.ok(AdminProduct.of(product), product.getVersion());
  }

  private static <T> List<T> orNone(List<T> values) {
    return values == null ? List.of() : values;
  }
}
