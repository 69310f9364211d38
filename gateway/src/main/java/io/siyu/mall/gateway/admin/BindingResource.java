package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.DistributorViews.AdminBinding;
import io.siyu.mall.gateway.admin.DistributorViews.AdminBindingRequest;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.BindMemberRequest;
import io.siyu.mall.proto.distributor.v1.ListBindingsRequest;
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

/** To whom a member belongs, and belonged. */
@Path(Admin.ROOT + "/members/{memberId}/bindings")
@Tag(name = "会员 Members")
public class BindingResource {

  @GrpcClient("distributor")
  Sharing sharing;

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.MENTOR, Admin.AUDITOR})
  @Operation(summary = "会员的锁客记录")
  public Uni<Page<AdminBinding>> listBindings(String memberId, @Valid @BeanParam PageQuery page) {
    return sharing
        .listBindings(
            ListBindingsRequest.newBuilder()
                .setMemberId(memberId)
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getBindingsList(), AdminBinding::of, r.getNextPageToken()));
  }

  @POST
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.MENTOR})
  @ResponseStatus(201)
  @Operation(summary = "改绑或解绑（不填 distributorId）会员，须说明原因")
  public Uni<AdminBinding> bindMember(
      String memberId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminBindingRequest body) {
    return sharing
        .bindMember(
            BindMemberRequest.newBuilder()
                .setRequestId(requestId)
                .setMemberId(memberId)
                .setDistributorId(Wire.orEmpty(body.distributorId()))
                .setReason(body.reason())
                .build())
        .map(AdminBinding::of);
  }
}
