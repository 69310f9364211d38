package io.siyu.mall.gateway.partner;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.partner.LedgerViews.PartnerBalance;
import io.siyu.mall.gateway.partner.LedgerViews.PartnerCommission;
import io.siyu.mall.gateway.partner.LedgerViews.PartnerCommissionReason;
import io.siyu.mall.gateway.partner.LedgerViews.PartnerPosting;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.ExplainCommissionRequest;
import io.siyu.mall.proto.distributor.v1.GetBalanceRequest;
import io.siyu.mall.proto.distributor.v1.Ledger;
import io.siyu.mall.proto.distributor.v1.ListCommissionsRequest;
import io.siyu.mall.proto.distributor.v1.ListPostingsRequest;
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

/** What the distributor earned, where it stands, and why. */
@Path(Partner.ROOT)
@RolesAllowed(Partner.MEMBER)
@Tag(name = "佣金 Commission")
public class LedgerResource {

  @GrpcClient("distributor")
  Ledger ledger;

  @GET
  @Path("/commissions")
  @Operation(summary = "我的佣金明细")
  public Uni<Page<PartnerCommission>> listCommissions(
      @QueryParam("orderId") @Text(TextType.ID) String orderId, @Valid @BeanParam PageQuery page) {
    return ledger
        .listCommissions(
            ListCommissionsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setOrderId(Wire.orEmpty(orderId))
                .build())
        .map(r -> Page.of(r.getCommissionsList(), PartnerCommission::of, r.getNextPageToken()));
  }

  @GET
  @Path("/commissions/{commissionId}/why")
  @Operation(summary = "这笔佣金为什么是我的、怎么算的")
  public Uni<PartnerCommissionReason> explainCommission(String commissionId) {
    return ledger
        .explainCommission(
            ExplainCommissionRequest.newBuilder().setCommissionId(commissionId).build())
        .map(PartnerCommissionReason::of);
  }

  @GET
  @Path("/balance")
  @Operation(summary = "我的账户余额")
  public Uni<PartnerBalance> getBalance() {
    return ledger.getBalance(GetBalanceRequest.getDefaultInstance()).map(PartnerBalance::of);
  }

  @GET
  @Path("/postings")
  @Operation(summary = "我的账本分录")
  public Uni<Page<PartnerPosting>> listPostings(@Valid @BeanParam PageQuery page) {
    return ledger
        .listPostings(
            ListPostingsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getPostingsList(), PartnerPosting::of, r.getNextPageToken()));
  }
}
