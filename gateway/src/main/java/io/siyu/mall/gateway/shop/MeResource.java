package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.ETags;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.shop.MemberViews.ShopGrowth;
import io.siyu.mall.gateway.shop.MemberViews.ShopGrowthEntry;
import io.siyu.mall.gateway.shop.MemberViews.ShopMember;
import io.siyu.mall.gateway.shop.MemberViews.ShopMemberRequest;
import io.siyu.mall.gateway.shop.MemberViews.ShopPhoneBinding;
import io.siyu.mall.gateway.shop.MemberViews.ShopPhoneRequest;
import io.siyu.mall.proto.membership.v1.BindPhoneRequest;
import io.siyu.mall.proto.membership.v1.GetGrowthRequest;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.ListGrowthEntriesRequest;
import io.siyu.mall.proto.membership.v1.Member;
import io.siyu.mall.proto.membership.v1.Members;
import io.siyu.mall.proto.membership.v1.UpdateMeRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The member's own profile and growth. */
@Path(Shop.ROOT + "/me")
@RolesAllowed(Shop.MEMBER)
@Tag(name = "我 Me")
public class MeResource {

  @GrpcClient("membership")
  Members members;

  @GET
  @Operation(summary = "我的资料")
  public Uni<RestResponse<ShopMember>> getMe() {
    return members.getMe(GetMeRequest.getDefaultInstance()).map(MeResource::tagged);
  }

  @PATCH
  @Operation(summary = "修改我的资料")
  public Uni<RestResponse<ShopMember>> updateMe(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @HeaderParam(ETags.IF_MATCH) String ifMatch,
      @Valid @NotNull ShopMemberRequest body) {
    UpdateMeRequest.Builder request =
        UpdateMeRequest.newBuilder().setRequestId(requestId).setVersion(ETags.version(ifMatch));
    if (body.nickname() != null) {
      request.setNickname(body.nickname());
    }
    if (body.avatarUrl() != null) {
      request.setAvatarUrl(body.avatarUrl());
    }
    return members.updateMe(request.build()).map(MeResource::tagged);
  }

  @POST
  @Path("/phone")
  @Operation(
      summary = "绑定手机号（小程序 getPhoneNumber 的 code）",
      description =
          "手机号属于另一会员时，两个会员视为同一人。outcome：BOUND 已绑定；MERGED 两个会员已合并，member 为合并后的会员，"
              + "请立即用 refreshToken 换取新的登录凭证；MERGE_REQUESTED 双方都有历史，等待平台人员确认，此前一切不变。")
  public Uni<RestResponse<ShopPhoneBinding>> bindPhone(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull ShopPhoneRequest body) {
    return members
        .bindPhone(
            BindPhoneRequest.newBuilder()
                .setRequestId(requestId)
                .setPhoneCode(body.phoneCode())
                .build())
        .map(r -> ETags.ok(ShopPhoneBinding.of(r), r.getMember().getVersion()));
  }

  @GET
  @Path("/growth")
  @Operation(summary = "我的成长值与等级")
  public Uni<ShopGrowth> getGrowth() {
    return members.getGrowth(GetGrowthRequest.getDefaultInstance()).map(ShopGrowth::of);
  }

  @GET
  @Path("/growth/entries")
  @Operation(summary = "我的成长值明细")
  public Uni<Page<ShopGrowthEntry>> listGrowthEntries(@Valid @BeanParam PageQuery page) {
    return members
        .listGrowthEntries(
            ListGrowthEntriesRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getEntriesList(), ShopGrowthEntry::of, r.getNextPageToken()));
  }

  private static RestResponse<ShopMember> tagged(Member member) {
    return ETags.ok(ShopMember.of(member), member.getVersion());
  }
}
