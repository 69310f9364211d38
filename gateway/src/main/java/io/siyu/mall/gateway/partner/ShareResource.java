package io.siyu.mall.gateway.partner;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.partner.ShareViews.PartnerGoods;
import io.siyu.mall.gateway.partner.ShareViews.PartnerShare;
import io.siyu.mall.gateway.partner.ShareViews.PartnerShareRequest;
import io.siyu.mall.gateway.partner.ShareViews.PartnerShareStats;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.Catalog;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.common.v1.Channel;
import io.siyu.mall.proto.distributor.v1.CreateShareRequest;
import io.siyu.mall.proto.distributor.v1.GetShareRequest;
import io.siyu.mall.proto.distributor.v1.GetShareStatsRequest;
import io.siyu.mall.proto.distributor.v1.Sharing;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Picking goods and sharing them. */
@Path(Partner.ROOT)
@RolesAllowed(Partner.MEMBER)
@Tag(name = "分享 Shares")
public class ShareResource {

  @GrpcClient("distributor")
  Sharing sharing;

  @GrpcClient("catalog")
  Catalog catalog;

  @ConfigProperty(name = "mall.public.base-url")
  String publicUrl;

  @GET
  @Path("/goods")
  @Operation(summary = "可推广的商品")
  public Uni<Page<PartnerGoods>> listGoods(
      @QueryParam("q") @Text(TextType.SEARCH) String q,
      @QueryParam("brandId") @Text(TextType.ID) String brandId,
      @QueryParam("categoryId") @Text(TextType.ID) String categoryId,
      @Valid @BeanParam PageQuery page) {
    return catalog
        .listProducts(
            ListProductsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setQuery(Wire.orEmpty(q))
                .setBrandId(Wire.orEmpty(brandId))
                .setCategoryId(Wire.orEmpty(categoryId))
                .build())
        .map(r -> Page.of(r.getProductsList(), PartnerGoods::of, r.getNextPageToken()));
  }

  @POST
  @Path("/shares")
  @ResponseStatus(201)
  @Operation(summary = "生成分享码")
  public Uni<PartnerShare> createShare(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull PartnerShareRequest body) {
    return sharing
        .createShare(
            CreateShareRequest.newBuilder()
                .setRequestId(requestId)
                .setChannel(Wire.write(Channel.class, body.channel()))
                .setTarget(body.target().target())
                .build())
        .map(share -> PartnerShare.of(share, publicUrl));
  }

  @GET
  @Path("/shares/{shareCode}")
  @Operation(summary = "一个分享")
  public Uni<PartnerShare> getShare(String shareCode) {
    return sharing
        .getShare(GetShareRequest.newBuilder().setShareCode(shareCode).build())
        .map(share -> PartnerShare.of(share, publicUrl));
  }

  @GET
  @Path("/shares/{shareCode}/stats")
  @Operation(summary = "分享效果：打开、访客、订单")
  public Uni<PartnerShareStats> getShareStats(String shareCode) {
    return sharing
        .getShareStats(GetShareStatsRequest.newBuilder().setShareCode(shareCode).build())
        .map(PartnerShareStats::of);
  }
}
