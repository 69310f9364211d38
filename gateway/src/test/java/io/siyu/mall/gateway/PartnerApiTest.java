package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.ShopGoodsTest.fen;
import static io.siyu.mall.gateway.testing.Api.member;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Status;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Refusals;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.ListProductsResponse;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.common.v1.Channel;
import io.siyu.mall.proto.common.v1.CommissionTerms;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.distributor.v1.Balance;
import io.siyu.mall.proto.distributor.v1.Bucket;
import io.siyu.mall.proto.distributor.v1.Commission;
import io.siyu.mall.proto.distributor.v1.CommissionExplanation;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.Fan;
import io.siyu.mall.proto.distributor.v1.Invite;
import io.siyu.mall.proto.distributor.v1.LedgerGrpc;
import io.siyu.mall.proto.distributor.v1.Level;
import io.siyu.mall.proto.distributor.v1.ListCommissionsResponse;
import io.siyu.mall.proto.distributor.v1.ListFansResponse;
import io.siyu.mall.proto.distributor.v1.ListPostingsResponse;
import io.siyu.mall.proto.distributor.v1.Posting;
import io.siyu.mall.proto.distributor.v1.Share;
import io.siyu.mall.proto.distributor.v1.ShareStats;
import io.siyu.mall.proto.distributor.v1.ShareTarget;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.Source;
import io.siyu.mall.proto.distributor.v1.Withdrawal;
import io.siyu.mall.proto.distributor.v1.WithdrawalState;
import io.siyu.mall.proto.distributor.v1.WithdrawalsGrpc;
import io.siyu.mall.proto.membership.v1.GetMyOpenidResponse;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import java.util.Map;
import org.junit.jupiter.api.Test;

@GatewayTest
class PartnerApiTest {

  private static final Map<String, Object> APPLICATION =
      Map.of(
          "inviteCode", "ABCD1234",
          "displayName", "贝贝",
          "realName", "王小贝",
          "phone", "13800138000");

  @Test
  void aMemberAppliesWithTheirOpenid() {
    services()
        .on(
            MembersGrpc.getGetMyOpenidMethod(),
            r -> GetMyOpenidResponse.newBuilder().setOpenid("oid").build());
    services()
        .on(
            DistributorsGrpc.getApplyMethod(),
            r ->
                Distributor.newBuilder()
                    .setDistributorId("d1")
                    .setState(DistributorState.APPLIED)
                    .setRealNameMasked("王**")
                    .build());
    member()
        .body(APPLICATION)
        .post("/partner/v1/applications")
        .then()
        .statusCode(201)
        .body("state", equalTo("APPLIED"))
        .body("realNameMasked", equalTo("王**"));
    var request = services().request(DistributorsGrpc.getApplyMethod());
    assertEquals("oid", request.getOpenid());
    assertEquals("王小贝", request.getRealName());
    services()
        .on(
            DistributorsGrpc.getApplyMethod(),
            r -> {
              throw Refusals.of(Status.Code.NOT_FOUND, "INVITE_UNKNOWN", "no such invite");
            });
    problem(
        member().body(APPLICATION).post("/partner/v1/applications").then(), 404, "INVITE_UNKNOWN");
    problem(
            member().body(Map.of()).post("/partner/v1/applications").then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations.field", hasItem("inviteCode"))
        .body("violations.field", hasItem("realName"));
  }

  @Test
  void whoIsNoDistributorIsToldSoByTheService() {
    services()
        .on(
            SharingGrpc.getCreateShareMethod(),
            r -> {
              throw Refusals.of(
                  Status.Code.PERMISSION_DENIED, "NOT_A_DISTRIBUTOR", "only for distributors");
            });
    problem(
        member()
            .body(Map.of("channel", "LINK", "target", Map.of("type", "SHOP")))
            .post("/partner/v1/shares")
            .then(),
        403,
        "NOT_A_DISTRIBUTOR");
  }

  @Test
  void profileTeamAndInvites() {
    services()
        .on(
            DistributorsGrpc.getGetMyDistributorMethod(),
            r -> Distributor.newBuilder().setDistributorId("d1").setUplineId("d0").build());
    member().get("/partner/v1/me").then().body("uplineId", equalTo("d0"));
    services()
        .on(
            DistributorsGrpc.getCreateInviteMethod(),
            r -> Invite.newBuilder().setInviteCode("X1").setUsesLeft(r.getUses()).build());
    member()
        .body(Map.of("uses", 3))
        .post("/partner/v1/invites")
        .then()
        .statusCode(201)
        .body("inviteCode", equalTo("X1"))
        .body("usesLeft", equalTo(3));
    member().get("/partner/v1/invites").then().statusCode(200);
    member().get("/partner/v1/team").then().statusCode(200);
    services()
        .on(
            SharingGrpc.getListFansMethod(),
            r ->
                ListFansResponse.newBuilder()
                    .addFans(Fan.newBuilder().setMemberId("m1").setEffective(true))
                    .setEffectiveFans(1)
                    .build());
    member()
        .get("/partner/v1/fans")
        .then()
        .body("effectiveFans", equalTo(1))
        .body("items[0].effective", equalTo(true));
  }

  @Test
  void goodsAreSharedAndCounted() {
    services()
        .on(
            CatalogGrpc.getListProductsMethod(),
            r ->
                ListProductsResponse.newBuilder()
                    .addProducts(Product.newBuilder().setProductId("p1").setPriceFrom(fen(9900)))
                    .build());
    member().get("/partner/v1/goods?q=衣").then().body("items[0].priceFromFen", equalTo(9900));
    services()
        .on(
            SharingGrpc.getCreateShareMethod(),
            r ->
                Share.newBuilder()
                    .setShareCode("abc")
                    .setChannel(r.getChannel())
                    .setTarget(r.getTarget())
                    .build());
    member()
        .body(Map.of("channel", "CARD", "target", Map.of("type", "PRODUCT", "id", "p1")))
        .post("/partner/v1/shares")
        .then()
        .statusCode(201)
        .body("shareCode", equalTo("abc"))
        .body("scene", equalTo("abc"))
        .body("url", endsWith("/s/abc"))
        .body("target.type", equalTo("PRODUCT"));
    var request = services().request(SharingGrpc.getCreateShareMethod());
    assertEquals(Channel.CARD, request.getChannel());
    assertEquals(ShareTarget.Type.PRODUCT, request.getTarget().getType());
    services()
        .on(
            SharingGrpc.getGetShareStatsMethod(),
            r -> ShareStats.newBuilder().setShareCode(r.getShareCode()).setOpenings(5).build());
    member().get("/partner/v1/shares/abc/stats").then().body("openings", equalTo(5));
    member().get("/partner/v1/shares/abc").then().statusCode(200);
    problem(
        member()
            .body(Map.of("channel", "SMOKE", "target", Map.of("type", "SHOP")))
            .post("/partner/v1/shares")
            .then(),
        400,
        "INVALID_ARGUMENT");
  }

  @Test
  void everyFenIsExplained() {
    Commission commission =
        Commission.newBuilder()
            .setCommissionId("c1")
            .setLevel(Level.DIRECT)
            .setSource(Source.OWN)
            .setEarned(fen(1980))
            .setReversed(fen(990))
            .build();
    services()
        .on(
            LedgerGrpc.getListCommissionsMethod(),
            r -> ListCommissionsResponse.newBuilder().addCommissions(commission).build());
    member()
        .get("/partner/v1/commissions?orderId=o1")
        .then()
        .body("items[0].level", equalTo("DIRECT"))
        .body("items[0].earnedFen", equalTo(1980));
    assertEquals("o1", services().request(LedgerGrpc.getListCommissionsMethod()).getOrderId());
    services()
        .on(
            LedgerGrpc.getExplainCommissionMethod(),
            r ->
                CommissionExplanation.newBuilder()
                    .setCommission(commission)
                    .setAttribution(
                        LineAttribution.newBuilder()
                            .setReason(LineAttribution.Reason.TOUCH)
                            .setChannel(Channel.CARD)
                            .setDirectTerms(CommissionTerms.newBuilder().setBasisPoints(1005)))
                    .setRule(
                        CommissionRule.newBuilder()
                            .setRuleId("r1")
                            .setUplineTerms(CommissionTerms.newBuilder().setFixedFenPerUnit(50)))
                    .addPostings(Posting.newBuilder().setBucket(Bucket.PENDING).setAmountFen(-990))
                    .addSentences("顾客打开了你分享的卡片")
                    .build());
    member()
        .get("/partner/v1/commissions/c1/why")
        .then()
        .body("sentences[0]", equalTo("顾客打开了你分享的卡片"))
        .body("attribution.reason", equalTo("TOUCH"))
        .body("attribution.directTerms.rateBasisPoints", equalTo(1005))
        .body("attribution.directTerms.text", equalTo("10.05%"))
        .body("rule.uplineTerms.perUnitFen", equalTo(50))
        .body("postings[0].amountFen", equalTo(-990));
    services()
        .on(
            LedgerGrpc.getListPostingsMethod(),
            r ->
                ListPostingsResponse.newBuilder()
                    .addPostings(Posting.newBuilder().setBucket(Bucket.PAID_OUT))
                    .build());
    member().get("/partner/v1/postings").then().body("items[0].bucket", equalTo("PAID_OUT"));
    services()
        .on(
            LedgerGrpc.getGetBalanceMethod(),
            r -> Balance.newBuilder().setAvailable(fen(100)).setDebt(fen(7)).build());
    member()
        .get("/partner/v1/balance")
        .then()
        .body("availableFen", equalTo(100))
        .body("debtFen", equalTo(7))
        .body("pendingFen", equalTo(0));
  }

  @Test
  void withdrawals() {
    services()
        .on(
            WithdrawalsGrpc.getRequestWithdrawalMethod(),
            r ->
                Withdrawal.newBuilder()
                    .setWithdrawalId("w1")
                    .setState(WithdrawalState.REQUESTED)
                    .setAmount(r.getAmount())
                    .setTax(fen(20))
                    .setNet(fen(80))
                    .build());
    member()
        .body(Map.of("amountFen", 100))
        .post("/partner/v1/withdrawals")
        .then()
        .statusCode(201)
        .body("state", equalTo("REQUESTED"))
        .body("netFen", equalTo(80));
    assertEquals(
        fen(100), services().request(WithdrawalsGrpc.getRequestWithdrawalMethod()).getAmount());
    member().get("/partner/v1/withdrawals?state=PAID").then().statusCode(200);
    assertEquals(
        WithdrawalState.WITHDRAWAL_PAID,
        services().request(WithdrawalsGrpc.getListWithdrawalsMethod()).getState());
    services()
        .on(
            WithdrawalsGrpc.getGetWithdrawalMethod(),
            r -> Withdrawal.newBuilder().setState(WithdrawalState.WITHDRAWAL_PAID).build());
    member().get("/partner/v1/withdrawals/w1").then().body("state", equalTo("PAID"));
    for (Object amount : new Object[] {0, -5, 1.5, "100", 1_000_000_001L}) {
      problem(
          member().body(Map.of("amountFen", amount)).post("/partner/v1/withdrawals").then(),
          400,
          "INVALID_ARGUMENT");
    }
    services()
        .on(
            WithdrawalsGrpc.getRequestWithdrawalMethod(),
            r -> {
              throw Refusals.of(Status.Code.FAILED_PRECONDITION, "BALANCE_TOO_LOW", "7 fen");
            });
    problem(
        member().body(Map.of("amountFen", 100)).post("/partner/v1/withdrawals").then(),
        409,
        "BALANCE_TOO_LOW");
  }
}
