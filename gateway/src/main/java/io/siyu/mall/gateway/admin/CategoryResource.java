package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.GoodsViews.AdminCategories;
import io.siyu.mall.gateway.admin.GoodsViews.AdminCategory;
import io.siyu.mall.gateway.admin.GoodsViews.AdminCategoryRequest;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.Catalog;
import io.siyu.mall.proto.catalog.v1.CreateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.ListCategoriesRequest;
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
}
