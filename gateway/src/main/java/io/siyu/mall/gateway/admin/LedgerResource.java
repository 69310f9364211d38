package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.LedgerViews.AdminCommission;
import io.siyu.mall.gateway.admin.LedgerViews.AdminCommissionReason;
import io.siyu.mall.gateway.admin.LedgerViews.AdminPosting;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.ExplainCommissionRequest;
import io.siyu.mall.proto.distributor.v1.Ledger;
import io.siyu.mall.proto.distributor.v1.ListCommissionsRequest;
import io.siyu.mall.proto.distributor.v1.ListPostingsRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Commissions and the book behind them. */
@Path(Admin.ROOT)
@RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
@Tag(name = "账本 Ledger")
public class LedgerResource {

  @GrpcClient("distributor")
  Ledger ledger;

  @GET
  @Path("/commissions")
  @Operation(summary = "佣金明细")
  public Uni<Page<AdminCommission>> listCommissions(
      @QueryParam("distributorId") @Text(TextType.ID) String distributorId,
      @QueryParam("orderId") @Text(TextType.ID) String orderId,
      @Valid @BeanParam PageQuery page) {
    return ledger
        .listCommissions(
            ListCommissionsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setDistributorId(Wire.orEmpty(distributorId))
                .setOrderId(Wire.orEmpty(orderId))
                .build())
        .map(r -> Page.of(r.getCommissionsList(), AdminCommission::of, r.getNextPageToken()));
  }

  @GET
  @Path("/commissions/{commissionId}/why")
  @Operation(summary = "这笔佣金的来由与计算")
  public Uni<AdminCommissionReason> explainCommission(String commissionId) {
    return ledger
        .explainCommission(
            ExplainCommissionRequest.newBuilder().setCommissionId(commissionId).build())
        .map(AdminCommissionReason::of);
  }

  @GET
  @Path("/postings")
  @Operation(summary = "账本分录")
  public Uni<Page<AdminPosting>> listPostings(
      @QueryParam("distributorId") @Parameter(required = true) @NotBlank @Text(TextType.ID)
          String distributorId,
      @Valid @BeanParam PageQuery page) {
    return ledger
        .listPostings(
            ListPostingsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setDistributorId(distributorId)
                .build())
        .map(r -> Page.of(r.getPostingsList(), AdminPosting::of, r.getNextPageToken()));
  }
}
