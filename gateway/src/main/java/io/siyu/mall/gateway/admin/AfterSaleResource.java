package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.AfterSaleViews.AdminAfterSaleCase;
import io.siyu.mall.gateway.admin.AfterSaleViews.AfterSaleState;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.AfterSales;
import io.siyu.mall.proto.order.v1.GetCaseRequest;
import io.siyu.mall.proto.order.v1.ListCasesRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reading after-sale cases. */
@Path(Admin.ROOT + "/after-sale-cases")
@Tag(name = "售后 After-sale")
public class AfterSaleResource {

  @GrpcClient("order")
  AfterSales cases;

  @GET
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.AUDITOR
  })
  @Operation(summary = "售后单列表")
  public Uni<Page<AdminAfterSaleCase>> listAfterSaleCases(
      @QueryParam("state") AfterSaleState state,
      @QueryParam("orderId") @Text(TextType.ID) String orderId,
      @QueryParam("brandCode") @Text(TextType.BRAND_CODE) String brandCode,
      @Valid @BeanParam PageQuery page) {
    return cases
        .listCases(
            ListCasesRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(
                    Wire.write(io.siyu.mall.proto.order.v1.AfterSaleState.class, state, "CASE_"))
                .setOrderId(Wire.orEmpty(orderId))
                .setBrandCode(Wire.orEmpty(brandCode))
                .build())
        .map(r -> Page.of(r.getCasesList(), AdminAfterSaleCase::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{caseId}")
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.AUDITOR
  })
  @Operation(summary = "一个售后单")
  public Uni<AdminAfterSaleCase> getAfterSaleCase(String caseId) {
    return cases
        .getCase(GetCaseRequest.newBuilder().setCaseId(caseId).build())
        .map(AdminAfterSaleCase::of);
  }
}
