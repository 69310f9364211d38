package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.GoodsViews.AdminCategories;
import io.siyu.mall.gateway.admin.GoodsViews.AdminCategory;
import io.siyu.mall.gateway.admin.GoodsViews.AdminCategoryChangeRequest;
import io.siyu.mall.gateway.admin.GoodsViews.AdminCategoryRequest;
import io.siyu.mall.gateway.http.ETags;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.Catalog;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.CreateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.DeleteCategoryRequest;
import io.siyu.mall.proto.catalog.v1.GetCategoryRequest;
import io.siyu.mall.proto.catalog.v1.ListCategoriesRequest;
import io.siyu.mall.proto.catalog.v1.UpdateCategoryRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Categories. */
@Path(Admin.ROOT + "/categories")
@Tag(name = "商品 Catalogue")
public class CategoryResource {

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
  @Operation(summary = "全部分类")
  public Uni<AdminCategories> listCategories() {
    return catalog
        .listCategories(ListCategoriesRequest.getDefaultInstance())
        .map(r -> new AdminCategories(Wire.list(r.getCategoriesList(), AdminCategory::of)));
  }

  @POST
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @ResponseStatus(201)
  @Operation(summary = "新增分类")
  public Uni<AdminCategory> createCategory(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminCategoryRequest body) {
    return catalog
        .createCategory(
            CreateCategoryRequest.newBuilder()
                .setRequestId(requestId)
                .setParentId(Wire.orEmpty(body.parentId()))
                .setName(body.name())
                .setSortOrder(Wire.number(body.sortOrder()))
                .build())
        .map(AdminCategory::of);
  }

  @GET
  @Path("/{categoryId}")
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.MENTOR,
    Admin.AUDITOR
  })
  @Operation(summary = "一个分类")
  public Uni<RestResponse<AdminCategory>> getCategory(String categoryId) {
    return catalog
        .getCategory(GetCategoryRequest.newBuilder().setCategoryId(categoryId).build())
        .map(CategoryResource::tagged);
  }

  @PUT
  @Path("/{categoryId}")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "修改分类：改名、移动（连同下级）、排序、隐藏")
  public Uni<RestResponse<AdminCategory>> replaceCategory(
      String categoryId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @HeaderParam(ETags.IF_MATCH) String ifMatch,
      @Valid @NotNull AdminCategoryChangeRequest body) {
    return catalog
        .updateCategory(
            UpdateCategoryRequest.newBuilder()
                .setRequestId(requestId)
                .setCategoryId(categoryId)
                .setVersion(ETags.version(ifMatch))
                .setParentId(Wire.orEmpty(body.parentId()))
                .setName(body.name())
                .setSortOrder(Wire.number(body.sortOrder()))
                .setHidden(body.hidden())
                .build())
        .map(CategoryResource::tagged);
  }

  @DELETE
  @Path("/{categoryId}")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @ResponseStatus(204)
  @Operation(summary = "删除没有下级也没有商品的分类")
  public Uni<Void> deleteCategory(
      String categoryId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return catalog
        .deleteCategory(
            DeleteCategoryRequest.newBuilder()
                .setRequestId(requestId)
                .setCategoryId(categoryId)
                .build())
        .replaceWithVoid();
  }

  private static RestResponse<AdminCategory> tagged(Category category) {
    return ETags.ok(AdminCategory.of(category), category.getVersion());
  }
}
