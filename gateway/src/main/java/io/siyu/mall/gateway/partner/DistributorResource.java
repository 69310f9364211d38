package io.siyu.mall.gateway.partner;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.partner.DistributorViews.PartnerFanPage;
import io.siyu.mall.gateway.partner.DistributorViews.PartnerInvite;
import io.siyu.mall.gateway.partner.DistributorViews.PartnerInviteRequest;
import io.siyu.mall.gateway.partner.DistributorViews.PartnerProfile;
import io.siyu.mall.gateway.partner.DistributorViews.PartnerTeamMember;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.CreateInviteRequest;
import io.siyu.mall.proto.distributor.v1.Distributors;
import io.siyu.mall.proto.distributor.v1.GetMyDistributorRequest;
import io.siyu.mall.proto.distributor.v1.ListFansRequest;
import io.siyu.mall.proto.distributor.v1.ListInvitesRequest;
import io.siyu.mall.proto.distributor.v1.ListTeamRequest;
import io.siyu.mall.proto.distributor.v1.Sharing;
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

/** The distributor, whom they invited and who belongs to them. */
@Path(Partner.ROOT)
@RolesAllowed(Partner.MEMBER)
@Tag(name = "分销员 Distributor")
public class DistributorResource {

  @GrpcClient("distributor")
  Distributors distributors;

  @GrpcClient("distributor")
  Sharing sharing;

  @GET
  @Path("/me")
  @Operation(summary = "我的分销员资料与申请状态")
  public Uni<PartnerProfile> getProfile() {
    return distributors
        .getMyDistributor(GetMyDistributorRequest.getDefaultInstance())
        .map(PartnerProfile::of);
  }

  @POST
  @Path("/invites")
  @ResponseStatus(201)
  @Operation(summary = "生成邀请码")
  public Uni<PartnerInvite> createInvite(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull PartnerInviteRequest body) {
    return distributors
        .createInvite(
            CreateInviteRequest.newBuilder()
                .setRequestId(requestId)
                .setUses(Wire.number(body.uses()))
                .setValidDays(Wire.number(body.validDays()))
                .setNote(Wire.orEmpty(body.note()))
                .build())
        .map(PartnerInvite::of);
  }

  @GET
  @Path("/invites")
  @Operation(summary = "我的邀请码")
  public Uni<Page<PartnerInvite>> listInvites(@Valid @BeanParam PageQuery page) {
    return distributors
        .listInvites(
            ListInvitesRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getInvitesList(), PartnerInvite::of, r.getNextPageToken()));
  }

  @GET
  @Path("/team")
  @Operation(summary = "我邀请的分销员")
  public Uni<Page<PartnerTeamMember>> listTeam(@Valid @BeanParam PageQuery page) {
    return distributors
        .listTeam(
            ListTeamRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getDistributorsList(), PartnerTeamMember::of, r.getNextPageToken()));
  }

  @GET
  @Path("/fans")
  @Operation(summary = "我的粉丝与有效粉丝数")
  public Uni<PartnerFanPage> listFans(@Valid @BeanParam PageQuery page) {
    return sharing
        .listFans(
            ListFansRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(PartnerFanPage::of);
  }
}
