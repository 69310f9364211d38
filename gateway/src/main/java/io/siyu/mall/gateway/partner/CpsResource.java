package io.siyu.mall.gateway.partner;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.partner.CpsViews.CpsOrderState;
import io.siyu.mall.gateway.partner.CpsViews.PartnerCpsClaim;
import io.siyu.mall.gateway.partner.CpsViews.PartnerCpsClaimRequest;
import io.siyu.mall.gateway.partner.CpsViews.PartnerCpsLink;
import io.siyu.mall.gateway.partner.CpsViews.PartnerCpsLinkRequest;
import io.siyu.mall.gateway.partner.CpsViews.PartnerCpsOrder;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.cps.v1.Claims;
import io.siyu.mall.proto.cps.v1.CpsOrders;
import io.siyu.mall.proto.cps.v1.CreateClaimRequest;
import io.siyu.mall.proto.cps.v1.CreateLinkRequest;
import io.siyu.mall.proto.cps.v1.Links;
import io.siyu.mall.proto.cps.v1.ListClaimsRequest;
import io.siyu.mall.proto.cps.v1.ListMyCpsOrdersRequest;
import io.siyu.mall.proto.cps.v1.Platform;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Goods of outside platforms: links to share, and the orders that came by them. */
@Path(Partner.ROOT + "/cps")
@RolesAllowed(Partner.MEMBER)
@Tag(name = "外部平台 CPS")
public class CpsResource {

  @GrpcClient("cps")
  Links links;

  @GrpcClient("cps")
  CpsOrders orders;

  @GrpcClient("cps")
  Claims claims;

  @POST
  @Path("/links")
  @ResponseStatus(201)
  @Operation(summary = "把外部平台的商品转成带自己渠道编号的推广链接")
  public Uni<PartnerCpsLink> createCpsLink(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull PartnerCpsLinkRequest body) {
    return links
        .createLink(
            CreateLinkRequest.newBuilder()
                .setRequestId(requestId)
                .setPlatform(Wire.write(Platform.class, body.platform()))
                .setUrl(Wire.orEmpty(body.url()))
                .setItemId(Wire.orEmpty(body.itemId()))
                .setAuthorization(Wire.orEmpty(body.authorization()))
                .build())
        .map(PartnerCpsLink::of);
  }

  @GET
  @Path("/orders")
  @Operation(summary = "我的外部平台订单：状态、佣金与可提现时间")
  public Uni<Page<PartnerCpsOrder>> listCpsOrders(
      @QueryParam("state") CpsOrderState state, @Valid @BeanParam PageQuery page) {
    return orders
        .listMyCpsOrders(
            ListMyCpsOrdersRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(Wire.write(io.siyu.mall.proto.cps.v1.CpsOrderState.class, state))
                .build())
        .map(r -> Page.of(r.getOrdersList(), PartnerCpsOrder::of, r.getNextPageToken()));
  }

  @POST
  @Path("/claims")
  @ResponseStatus(201)
  @Operation(summary = "认领没有带回渠道编号的外部平台订单")
  public Uni<PartnerCpsClaim> createCpsClaim(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull PartnerCpsClaimRequest body) {
    return claims
        .createClaim(
            CreateClaimRequest.newBuilder()
                .setRequestId(requestId)
                .setPlatform(Wire.write(Platform.class, body.platform()))
                .setOrderNo(body.orderNo())
                .setNote(Wire.orEmpty(body.note()))
                .build())
        .map(PartnerCpsClaim::of);
  }

  @GET
  @Path("/claims")
  @Operation(summary = "我的认领申请")
  public Uni<Page<PartnerCpsClaim>> listCpsClaims(@Valid @BeanParam PageQuery page) {
    return claims
        .listClaims(
            ListClaimsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getClaimsList(), PartnerCpsClaim::of, r.getNextPageToken()));
  }
}
