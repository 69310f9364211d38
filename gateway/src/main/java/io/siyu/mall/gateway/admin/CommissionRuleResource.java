package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.RuleViews.AdminRule;
import io.siyu.mall.gateway.admin.RuleViews.AdminRuleEndRequest;
import io.siyu.mall.gateway.admin.RuleViews.AdminRuleRequest;
import io.siyu.mall.gateway.admin.RuleViews.AdminRuleRevisionRequest;
import io.siyu.mall.gateway.http.ETags;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.proto.distributor.v1.CommissionRules;
import io.siyu.mall.proto.distributor.v1.CreateRuleRequest;
import io.siyu.mall.proto.distributor.v1.EndRuleRequest;
import io.siyu.mall.proto.distributor.v1.GetRuleRequest;
import io.siyu.mall.proto.distributor.v1.ListRulesRequest;
import io.siyu.mall.proto.distributor.v1.ReviseRuleRequest;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** What a sale earns. A change is a new version; orders keep the one they met. */
@Path(Admin.ROOT + "/commission-rules")
@Tag(name = "归因与佣金 Attribution and commission")
public class CommissionRuleResource {

  @GrpcClient("distributor")
  CommissionRules rules;

  @GET
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.FINANCE,
    Admin.MENTOR,
    Admin.AUDITOR
  })
  @Operation(summary = "佣金规则")
  public Uni<Page<AdminRule>> listCommissionRules(
      @QueryParam("brandCode") @Text(TextType.BRAND_CODE) String brandCode,
      @Valid @BeanParam PageQuery page) {
    return rules
        .listRules(
            ListRulesRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setBrandCode(Wire.orEmpty(brandCode))
                .build())
        .map(r -> Page.of(r.getRulesList(), AdminRule::of, r.getNextPageToken()));
  }

  @POST
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "新增佣金规则")
  public Uni<RestResponse<AdminRule>> createCommissionRule(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminRuleRequest body) {
    CreateRuleRequest.Builder request =
        CreateRuleRequest.newBuilder()
            .setRequestId(requestId)
            .setScope(body.scope().scope())
            .setBrandCode(Wire.orEmpty(body.brandCode()))
            .setDirectTerms(RuleViews.terms(body.directBasisPoints(), body.directPerUnitFen()))
            .setNote(Wire.orEmpty(body.note()));
    if (body.uplineBasisPoints() != null || body.uplinePerUnitFen() != null) {
      request.setUplineTerms(RuleViews.terms(body.uplineBasisPoints(), body.uplinePerUnitFen()));
    }
    if (body.effectiveFrom() != null) {
      request.setEffectiveFrom(Wire.timestamp(body.effectiveFrom()));
    }
    if (body.effectiveUntil() != null) {
      request.setEffectiveUntil(Wire.timestamp(body.effectiveUntil()));
    }
    return rules
        .createRule(request.build())
        .map(r -> ETags.created(AdminRule.of(r), r.getVersion()));
  }

  @GET
  @Path("/{ruleId}")
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.FINANCE,
    Admin.MENTOR,
    Admin.AUDITOR
  })
  @Operation(summary = "一条佣金规则；缺省为最新版本")
  public Uni<RestResponse<AdminRule>> getCommissionRule(
      String ruleId, @QueryParam("version") @Min(0) @Max(Bounds.VERSION) Long version) {
    return rules
        .getRule(
            GetRuleRequest.newBuilder()
                .setRuleId(ruleId)
                .setVersion(version == null ? 0 : version)
                .build())
        .map(CommissionRuleResource::tagged);
  }

  @PUT
  @Path("/{ruleId}")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "发布规则的新版本（对之后的订单生效）；会取代的未生效版本须在 replacesVersions 中列明")
  public Uni<RestResponse<AdminRule>> reviseCommissionRule(
      String ruleId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @HeaderParam(ETags.IF_MATCH) String ifMatch,
      @Valid @NotNull AdminRuleRevisionRequest body) {
    ReviseRuleRequest.Builder request =
        ReviseRuleRequest.newBuilder()
            .setRequestId(requestId)
            .setRuleId(ruleId)
            .setVersion(ETags.version(ifMatch))
            .setDirectTerms(RuleViews.terms(body.directBasisPoints(), body.directPerUnitFen()))
            .addAllReplacesVersions(Wire.orNone(body.replacesVersions()))
            .setNote(Wire.orEmpty(body.note()));
    if (body.uplineBasisPoints() != null || body.uplinePerUnitFen() != null) {
      request.setUplineTerms(RuleViews.terms(body.uplineBasisPoints(), body.uplinePerUnitFen()));
    }
    if (body.effectiveFrom() != null) {
      request.setEffectiveFrom(Wire.timestamp(body.effectiveFrom()));
    }
    if (body.effectiveUntil() != null) {
      request.setEffectiveUntil(Wire.timestamp(body.effectiveUntil()));
    }
    return rules.reviseRule(request.build()).map(CommissionRuleResource::tagged);
  }

  @POST
  @Path("/{ruleId}/end")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @Operation(summary = "终止规则；只能提前，未生效的版本一并作废")
  public Uni<RestResponse<AdminRule>> endCommissionRule(
      String ruleId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @HeaderParam(ETags.IF_MATCH) String ifMatch,
      @Valid AdminRuleEndRequest body) {
    EndRuleRequest.Builder request =
        EndRuleRequest.newBuilder()
            .setRequestId(requestId)
            .setRuleId(ruleId)
            .setVersion(ETags.version(ifMatch));
    if (body != null) {
      request.setNote(Wire.orEmpty(body.note()));
      if (body.effectiveUntil() != null) {
        request.setEffectiveUntil(Wire.timestamp(body.effectiveUntil()));
      }
    }
    return rules.endRule(request.build()).map(CommissionRuleResource::tagged);
  }

  private static RestResponse<AdminRule> tagged(CommissionRule rule) {
    return ETags.ok(AdminRule.of(rule), rule.getVersion());
  }
}
