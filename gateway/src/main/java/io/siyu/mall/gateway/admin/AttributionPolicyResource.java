package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.DistributorViews.AdminAttributionPolicy;
import io.siyu.mall.gateway.admin.DistributorViews.AdminAttributionPolicyRequest;
import io.siyu.mall.gateway.http.ETags;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.AttributionPolicy;
import io.siyu.mall.proto.distributor.v1.Binding;
import io.siyu.mall.proto.distributor.v1.ChangeAttributionPolicyRequest;
import io.siyu.mall.proto.distributor.v1.GetAttributionPolicyRequest;
import io.siyu.mall.proto.distributor.v1.Sharing;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * How it is decided who is credited. Every change is a new version; orders keep the one they met.
 */
@Path(Admin.ROOT + "/attribution-policy")
@Tag(name = "归因与佣金 Attribution and commission")
public class AttributionPolicyResource {

  @GrpcClient("distributor")
  Sharing sharing;

  @GET
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.FINANCE,
    Admin.MENTOR,
    Admin.AUDITOR
  })
  @Operation(summary = "现行归因策略，及尚未生效的版本（scheduled）")
  public Uni<RestResponse<AdminAttributionPolicy>> getAttributionPolicy() {
    return sharing
        .getAttributionPolicy(GetAttributionPolicyRequest.getDefaultInstance())
        .map(AttributionPolicyResource::tagged);
  }

  @PUT
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "发布新版归因策略（对之后的订单生效）；会取代的未生效版本须在 replacesVersions 中列明")
  public Uni<RestResponse<AdminAttributionPolicy>> replaceAttributionPolicy(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminAttributionPolicyRequest body) {
    ChangeAttributionPolicyRequest.Builder request =
        ChangeAttributionPolicyRequest.newBuilder()
            .setRequestId(requestId)
            .setBindingMode(Wire.write(Binding.Mode.class, body.bindingMode()))
            .setProtectedDays(Wire.number(body.protectedDays()))
            .setTouchHours(body.touchHours())
            .setSelfPurchaseEarns(body.selfPurchaseEarns())
            .addAllReplacesVersions(Wire.orNone(body.replacesVersions()));
    if (body.effectiveFrom() != null) {
      request.setEffectiveFrom(Wire.timestamp(body.effectiveFrom()));
    }
    return sharing.changeAttributionPolicy(request.build()).map(AttributionPolicyResource::tagged);
  }

  private static RestResponse<AdminAttributionPolicy> tagged(AttributionPolicy policy) {
    return ETags.ok(AdminAttributionPolicy.of(policy), policy.getVersion());
  }
}
