package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.CpsViews.AdminCpsOrder;
import io.siyu.mall.gateway.admin.CpsViews.AdminCpsPlatform;
import io.siyu.mall.gateway.admin.CpsViews.AdminCpsPlatforms;
import io.siyu.mall.gateway.admin.CpsViews.AdminCpsSync;
import io.siyu.mall.gateway.admin.CpsViews.AdminCpsSyncRequest;
import io.siyu.mall.gateway.admin.CpsViews.CpsPlatform;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.cps.v1.CpsOrders;
import io.siyu.mall.proto.cps.v1.ListCpsOrdersRequest;
import io.siyu.mall.proto.cps.v1.ListPlatformsRequest;
import io.siyu.mall.proto.cps.v1.ListSyncsRequest;
import io.siyu.mall.proto.cps.v1.Platform;
import io.siyu.mall.proto.cps.v1.StartSyncRequest;
import io.siyu.mall.proto.cps.v1.Syncs;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Orders of outside platforms, and how they come in. */
@Path(Admin.ROOT + "/cps")
@Tag(name = "外部平台 CPS")
public class CpsResource {

  @GrpcClient("cps")
  Syncs syncs;

  @GrpcClient("cps")
  CpsOrders orders;

  @GET
  @Path("/platforms")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "外部平台：是否已配置，同步到哪里，有无缺口")
  public Uni<AdminCpsPlatforms> listCpsPlatforms() {
    return syncs
        .listPlatforms(ListPlatformsRequest.getDefaultInstance())
        .map(r -> new AdminCpsPlatforms(Wire.list(r.getPlatformsList(), AdminCpsPlatform::of)));
  }

  @GET
  @Path("/syncs")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "订单同步的历史")
  public Uni<Page<AdminCpsSync>> listCpsSyncs(
      @QueryParam("platform") CpsPlatform platform, @Valid @BeanParam PageQuery page) {
    return syncs
        .listSyncs(
            ListSyncsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setPlatform(Wire.write(Platform.class, platform))
                .build())
        .map(r -> Page.of(r.getSyncsList(), AdminCpsSync::of, r.getNextPageToken()));
  }

  @POST
  @Path("/syncs")
  @ResponseStatus(202)
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE})
  @Operation(summary = "立即同步一个平台；已有排队或进行中的则返回它")
  public Uni<AdminCpsSync> startCpsSync(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminCpsSyncRequest body) {
    return syncs
        .startSync(
            StartSyncRequest.newBuilder()
                .setRequestId(requestId)
                .setPlatform(Wire.write(Platform.class, body.platform()))
                .build())
        .map(AdminCpsSync::of);
  }

  @GET
  @Path("/orders")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "外部平台订单；unattributed=true 只看无人认领的")
  public Uni<Page<AdminCpsOrder>> listCpsOrders(
      @QueryParam("platform") CpsPlatform platform,
      @QueryParam("orderNo") @Text(TextType.ORDER_NO) String orderNo,
      @QueryParam("unattributed") @DefaultValue("false") boolean unattributed,
      @Valid @BeanParam PageQuery page) {
    return orders
        .listCpsOrders(
            ListCpsOrdersRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setPlatform(Wire.write(Platform.class, platform))
                .setOrderNo(Wire.orEmpty(orderNo))
                .setUnattributed(unattributed)
                .build())
        .map(r -> Page.of(r.getOrdersList(), AdminCpsOrder::of, r.getNextPageToken()));
  }
}
