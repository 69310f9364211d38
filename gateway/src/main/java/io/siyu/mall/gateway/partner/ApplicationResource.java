package io.siyu.mall.gateway.partner;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.partner.DistributorViews.PartnerApplicationRequest;
import io.siyu.mall.gateway.partner.DistributorViews.PartnerProfile;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.ApplyRequest;
import io.siyu.mall.proto.distributor.v1.Distributors;
import io.siyu.mall.proto.membership.v1.GetMyOpenidRequest;
import io.siyu.mall.proto.membership.v1.Members;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Becoming a distributor: the one thing here that any member may do. */
@Path(Partner.ROOT + "/applications")
@RolesAllowed(Partner.MEMBER)
@Tag(name = "分销员 Distributor")
public class ApplicationResource {

  @GrpcClient("distributor")
  Distributors distributors;

  @GrpcClient("membership")
  Members members;

  @POST
  @ResponseStatus(201)
  @Operation(summary = "凭邀请码申请成为分销员")
  public Uni<PartnerProfile> apply(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull PartnerApplicationRequest body) {
    return members
        .getMyOpenid(GetMyOpenidRequest.getDefaultInstance())
        .flatMap(
            me ->
                distributors.apply(
                    ApplyRequest.newBuilder()
                        .setRequestId(requestId)
                        .setInviteCode(body.inviteCode())
                        .setDisplayName(body.displayName())
                        .setRealName(body.realName())
                        .setPhone(body.phone())
                        .setIdNumber(Wire.orEmpty(body.idNumber()))
                        .setNote(Wire.orEmpty(body.note()))
                        .setOpenid(me.getOpenid())
                        .build()))
        .map(PartnerProfile::of);
  }
}
