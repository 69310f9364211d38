package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.CpsStatementViews.AdminCpsStatement;
import io.siyu.mall.gateway.admin.CpsStatementViews.AdminCpsStatementDifference;
import io.siyu.mall.gateway.admin.CpsStatementViews.AdminCpsStatementRequest;
import io.siyu.mall.gateway.admin.CpsViews.CpsPlatform;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.cps.v1.GetStatementRequest;
import io.siyu.mall.proto.cps.v1.ListStatementDifferencesRequest;
import io.siyu.mall.proto.cps.v1.ListStatementsRequest;
import io.siyu.mall.proto.cps.v1.Platform;
import io.siyu.mall.proto.cps.v1.StartStatementRequest;
import io.siyu.mall.proto.cps.v1.Statements;
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

/** Ours against theirs, per outside platform and month. */
@Path(Admin.ROOT + "/cps/statements")
@Tag(name = "外部平台 CPS")
public class CpsStatementResource {

  @GrpcClient("cps")
  Statements statements;

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "月度对账单：我方与平台的结算佣金、服务费与追回，最新的月份在前")
  public Uni<Page<AdminCpsStatement>> listCpsStatements(
      @QueryParam("platform") CpsPlatform platform, @Valid @BeanParam PageQuery page) {
    return statements
        .listStatements(
            ListStatementsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setPlatform(Wire.write(Platform.class, platform))
                .build())
        .map(r -> Page.of(r.getStatementsList(), AdminCpsStatement::of, r.getNextPageToken()));
  }

  @POST
  @ResponseStatus(202)
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE})
  @Operation(summary = "（重新）生成已结束月份的对账单；排队或生成中的则返回它")
  public Uni<AdminCpsStatement> startCpsStatement(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminCpsStatementRequest body) {
    return statements
        .startStatement(
            StartStatementRequest.newBuilder()
                .setRequestId(requestId)
                .setPlatform(Wire.write(Platform.class, body.platform()))
                .setMonth(body.month())
                .build())
        .map(AdminCpsStatement::of);
  }

  @GET
  @Path("/{statementId}")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "一份对账单")
  public Uni<AdminCpsStatement> getCpsStatement(String statementId) {
    return statements
        .getStatement(GetStatementRequest.newBuilder().setStatementId(statementId).build())
        .map(AdminCpsStatement::of);
  }

  @GET
  @Path("/{statementId}/differences")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "对账单的差异，逐单列出")
  public Uni<Page<AdminCpsStatementDifference>> listCpsStatementDifferences(
      String statementId, @Valid @BeanParam PageQuery page) {
    return statements
        .listStatementDifferences(
            ListStatementDifferencesRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setStatementId(statementId)
                .build())
        .map(
            r ->
                Page.of(
                    r.getDifferencesList(), AdminCpsStatementDifference::of, r.getNextPageToken()));
  }
}
