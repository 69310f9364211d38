package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.CpsPolicyViews.AdminCpsSharePolicy;
import io.siyu.mall.gateway.admin.CpsPolicyViews.AdminCpsSharePolicyRequest;
import io.siyu.mall.gateway.admin.CpsPolicyViews.AdminCpsShareStepRequest;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.cps.v1.AddSharePolicyRequest;
import io.siyu.mall.proto.cps.v1.ListSharePoliciesRequest;
import io.siyu.mall.proto.cps.v1.SharePolicies;
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

/** What part of an outside order's commission is passed on; versions are only added. */
@Path(Admin.ROOT + "/cps/share-policies")
@Tag(name = "外部平台 CPS")
public class CpsSharePolicyResource {

  @GrpcClient("cps")
  SharePolicies policies;

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "分成规则的所有版本，最新的在前")
  public Uni<Page<AdminCpsSharePolicy>> listCpsSharePolicies(@Valid @BeanParam PageQuery page) {
    return policies
        .listSharePolicies(
            ListSharePoliciesRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getPoliciesList(), AdminCpsSharePolicy::of, r.getNextPageToken()));
  }

  @POST
  @ResponseStatus(201)
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE})
  @Operation(summary = "新增一版分成规则（阶梯），对生效之后产生的订单有效；已生效的版本中以最新的为准，会取代的未生效版本须在 replacesVersions 中列明")
  public Uni<AdminCpsSharePolicy> addCpsSharePolicy(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminCpsSharePolicyRequest body) {
    return policies
        .addSharePolicy(
            AddSharePolicyRequest.newBuilder()
                .setRequestId(requestId)
                .setEffectiveFrom(Wire.timestamp(body.effectiveFrom()))
                .addAllSteps(body.steps().stream().map(AdminCpsShareStepRequest::step).toList())
                .setNote(body.note())
                .addAllReplacesVersions(Wire.orNone(body.replacesVersions()))
                .build())
        .map(AdminCpsSharePolicy::of);
  }
}
