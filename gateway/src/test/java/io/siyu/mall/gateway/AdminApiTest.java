package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.ShopGoodsTest.fen;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Api.staff;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.Timestamp;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.ProductState;
import io.siyu.mall.proto.catalog.v1.StockGrpc;
import io.siyu.mall.proto.catalog.v1.StockLevel;
import io.siyu.mall.proto.common.v1.CommissionTerms;
import io.siyu.mall.proto.distributor.v1.AttributionPolicy;
import io.siyu.mall.proto.distributor.v1.Binding;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.proto.distributor.v1.CommissionRulesGrpc;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.RuleScope;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.Withdrawal;
import io.siyu.mall.proto.distributor.v1.WithdrawalDecision;
import io.siyu.mall.proto.distributor.v1.WithdrawalState;
import io.siyu.mall.proto.distributor.v1.WithdrawalsGrpc;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import io.siyu.mall.proto.membership.v1.MergeRequest;
import io.siyu.mall.proto.membership.v1.MergesGrpc;
import io.siyu.mall.proto.order.v1.AfterSaleKind;
import io.siyu.mall.proto.order.v1.AfterSalesGrpc;
import io.siyu.mall.proto.order.v1.OrderState;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import io.siyu.mall.proto.order.v1.Refund;
import io.siyu.mall.proto.order.v1.RefundState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@GatewayTest
class AdminApiTest {

  private static final String ADMIN = "platform-admin";

  @Test
  void brandsAndCategories() {
    services()
        .on(
            CatalogGrpc.getCreateBrandMethod(),
            r -> Brand.newBuilder().setBrandId("b1").setCode(r.getCode()).setVersion(1).build());
    staff(ADMIN)
        .body(Map.of("code", "miaomiao", "name", "苗苗森林", "logoUrl", ""))
        .post("/admin/v1/brands")
        .then()
        .statusCode(201)
        .body("code", equalTo("miaomiao"));
    problem(
            staff(ADMIN).body(Map.of("code", "Miao Miao")).post("/admin/v1/brands").then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations.field", hasItem("code"))
        .body("violations.field", hasItem("name"));
    services()
        .on(
            CatalogGrpc.getGetBrandMethod(),
            r -> Brand.newBuilder().setBrandId(r.getBrandId()).setVersion(4).build());
    String etag =
        staff("auditor").get("/admin/v1/brands/b1").then().statusCode(200).extract().header("ETag");
    staff("brand-admin")
        .header("If-Match", etag)
        .body(Map.of("name", "新名"))
        .put("/admin/v1/brands/b1")
        .then()
        .statusCode(200);
    assertEquals(4, services().request(CatalogGrpc.getUpdateBrandMethod()).getVersion());
    staff(ADMIN)
        .body(Map.of("name", "童装", "parentId", "c0"))
        .post("/admin/v1/categories")
        .then()
        .statusCode(201);
    assertEquals("c0", services().request(CatalogGrpc.getCreateCategoryMethod()).getParentId());
    staff("mentor").get("/admin/v1/categories").then().statusCode(200);
  }

  @Test
  void productsAreMadePublishedAndPriced() {
    services()
        .on(
            CatalogGrpc.getCreateProductMethod(),
            r -> Product.newBuilder().setProductId("p1").setState(ProductState.DRAFT).build());
    Map<String, Object> product = new HashMap<>();
    product.put("brandId", "b1");
    product.put("productNo", "P-1");
    product.put("categoryId", "c1");
    product.put("title", "连体衣");
    product.put(
        "skus",
        List.of(
            Map.of(
                "skuNo",
                "S-1",
                "priceFen",
                9900,
                "initialStock",
                10,
                "specs",
                List.of(Map.of("name", "颜色", "value", "米白")))));
    staff("brand-admin")
        .body(product)
        .post("/admin/v1/products")
        .then()
        .statusCode(201)
        .body("state", equalTo("DRAFT"));
    var created = services().request(CatalogGrpc.getCreateProductMethod());
    assertEquals(fen(9900), created.getSkus(0).getPrice());
    assertEquals(fen(9900), created.getSkus(0).getListPrice());
    assertEquals("米白", created.getSkus(0).getSpecs(0).getValue());
    product.put("skus", List.of(Map.of("skuNo", "S-1", "priceFen", -1)));
    problem(
            staff("brand-admin").body(product).post("/admin/v1/products").then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations.field", hasItem("skus[0].priceFen"));
    staff(ADMIN).post("/admin/v1/products/p1/publish").then().statusCode(200);
    staff(ADMIN)
        .body(Map.of("reason", "质量问题"))
        .post("/admin/v1/products/p1/withdraw")
        .then()
        .statusCode(200);
    problem(
        staff(ADMIN).body(Map.of()).post("/admin/v1/products/p1/withdraw").then(),
        400,
        "INVALID_ARGUMENT");
    staff(ADMIN)
        .body(Map.of("listPriceFen", 12900, "priceFen", 8900, "reason", "促销"))
        .post("/admin/v1/skus/s1/prices")
        .then()
        .statusCode(201);
    assertEquals(fen(8900), services().request(CatalogGrpc.getChangePriceMethod()).getPrice());
    staff("auditor").get("/admin/v1/skus/s1/prices").then().statusCode(200);
    staff(ADMIN).get("/admin/v1/products?state=DRAFT").then().statusCode(200);
    assertEquals(
        ProductState.DRAFT, services().request(CatalogGrpc.getListProductsMethod()).getState());
    staff(ADMIN)
        .header("If-Match", "\"2\"")
        .body(Map.of("categoryId", "c1", "title", "新"))
        .put("/admin/v1/products/p1")
        .then()
        .statusCode(200);
    assertEquals(2, services().request(CatalogGrpc.getUpdateProductMethod()).getVersion());
    staff(ADMIN).get("/admin/v1/products/p1").then().statusCode(200).header("ETag", "\"0\"");
  }

  @Test
  void stock() {
    services()
        .on(
            StockGrpc.getAdjustStockMethod(),
            r -> StockLevel.newBuilder().setSkuId(r.getSkuId()).setAvailable(12).build());
    staff("brand-operator")
        .body(Map.of("skuId", "s1", "delta", -3, "reason", "盘亏"))
        .post("/admin/v1/stock/adjustments")
        .then()
        .statusCode(201)
        .body("available", equalTo(12));
    assertEquals(-3, services().request(StockGrpc.getAdjustStockMethod()).getDelta());
    staff("finance").get("/admin/v1/stock/s1").then().statusCode(200);
    staff("finance").get("/admin/v1/stock/s1/movements").then().statusCode(200);
  }

  @Test
  void ordersAreShippedWholeOrInParts() {
    services()
        .on(OrdersGrpc.getShipParcelMethod(), r -> ShopTradeTest.order(OrderState.SHIPPED, 3));
    staff("brand-operator")
        .body(
            Map.of(
                "carrier",
                "SF",
                "trackingNumber",
                "SF1",
                "lines",
                List.of(Map.of("orderLineId", "l1", "quantity", 1))))
        .post("/admin/v1/orders/o1/parcels")
        .then()
        .statusCode(201)
        .body("state", equalTo("SHIPPED"))
        .body("lines[0].attribution.distributorId", equalTo("secret-d"));
    assertEquals(1, services().request(OrdersGrpc.getShipParcelMethod()).getLinesCount());
    staff("finance")
        .get("/admin/v1/orders?state=PAID&brandCode=miaomiao&orderNo=1")
        .then()
        .statusCode(200);
    assertEquals("miaomiao", services().request(OrdersGrpc.getListOrdersMethod()).getBrandCode());
    staff("finance").get("/admin/v1/orders/o1").then().statusCode(200);
  }

  @Test
  void afterSaleIsDecided() {
    String root = "/admin/v1/after-sale-cases/c1/";
    staff("brand-admin").body(Map.of("note", "好")).post(root + "approve").then().statusCode(200);
    staff("brand-admin").post(root + "approve").then().statusCode(200);
    staff("brand-admin").body(Map.of("reason", "x")).post(root + "reject").then().statusCode(200);
    staff("brand-admin")
        .body(Map.of("restock", false))
        .post(root + "receive")
        .then()
        .statusCode(200);
    assertFalse(services().request(AfterSalesGrpc.getReceiveReturnMethod()).getRestock());
    problem(
        staff("brand-admin").body(Map.of()).post(root + "receive").then(), 400, "INVALID_ARGUMENT");
    staff("brand-admin")
        .body(Map.of("reason", "破损", "evidenceUrls", List.of("https://img.example/1.jpg")))
        .post(root + "refuse")
        .then()
        .statusCode(200);
    staff("brand-admin")
        .body(Map.of("carrier", "SF", "trackingNumber", "1"))
        .post(root + "reship")
        .then()
        .statusCode(200);
    staff(ADMIN)
        .body(Map.of("refund", true, "reason", "支持会员"))
        .post(root + "decide")
        .then()
        .statusCode(200);
    staff("brand-admin")
        .body(
            Map.of(
                "orderLineId", "l1",
                "quantity", 1,
                "kind", "REFUND_ONLY",
                "reasonCode", "GOODWILL"))
        .post("/admin/v1/orders/o1/after-sale-cases")
        .then()
        .statusCode(201);
    var opened = services().request(AfterSalesGrpc.getOpenCaseMethod());
    assertEquals("o1", opened.getOrderId());
    assertEquals(AfterSaleKind.REFUND_ONLY, opened.getKind());
    staff("auditor").get("/admin/v1/after-sale-cases?brandCode=x").then().statusCode(200);
    staff("auditor").get("/admin/v1/after-sale-cases/c1").then().statusCode(200);
  }

  @Test
  void paymentsAndRefunds() {
    services()
        .on(
            PaymentsGrpc.getRetryRefundMethod(),
            r -> Refund.newBuilder().setState(RefundState.SUBMITTED).setAttempts(2).build());
    staff("finance")
        .post("/admin/v1/refunds/r1/retry")
        .then()
        .statusCode(200)
        .body("state", equalTo("SUBMITTED"));
    staff("finance")
        .body(Map.of("amountFen", 1000, "reference", "银行流水 42", "note", "按会员要求转账"))
        .post("/admin/v1/refunds/r1/pay-otherwise")
        .then()
        .statusCode(200);
    assertEquals(
        1_000,
        services().request(PaymentsGrpc.getPayRefundOtherwiseMethod()).getAmount().getMinorUnits());
    staff("finance")
        .body(Map.of("amountFen", 0, "reference", "", "note", ""))
        .post("/admin/v1/refunds/r1/pay-otherwise")
        .then()
        .statusCode(400);
    staff("finance")
        .body(
            Map.of(
                "note",
                "会员换卡",
                "card",
                Map.of("bankType", "ICBC_DEBIT", "account", "6222021234567890", "holder", "王小明")))
        .post("/admin/v1/refunds/r1/redirect")
        .then()
        .statusCode(200);
    assertEquals(
        "王小明", services().request(PaymentsGrpc.getRedirectRefundMethod()).getCard().getHolder());
    staff("finance").get("/admin/v1/refunds?state=FAILED").then().statusCode(200);
    assertEquals(
        RefundState.REFUND_FAILED,
        services().request(PaymentsGrpc.getListRefundsMethod()).getState());
    staff("finance").get("/admin/v1/payments?tradeId=t1").then().statusCode(200);
  }

  @Test
  void distributorsAreAdmittedAndLed() {
    services()
        .on(
            DistributorsGrpc.getApproveApplicationMethod(),
            r -> Distributor.newBuilder().setState(DistributorState.ACTIVE).build());
    staff("mentor")
        .post("/admin/v1/applications/d1/approve")
        .then()
        .statusCode(200)
        .body("state", equalTo("ACTIVE"));
    staff(ADMIN)
        .body(Map.of("reason", "x"))
        .post("/admin/v1/applications/d1/reject")
        .then()
        .statusCode(200);
    staff("auditor").get("/admin/v1/applications").then().statusCode(200);
    assertEquals(
        DistributorState.APPLIED,
        services().request(DistributorsGrpc.getListDistributorsMethod()).getState());
    staff("brand-admin").body(Map.of("uses", 1)).post("/admin/v1/invites").then().statusCode(201);
    staff("mentor").get("/admin/v1/invites").then().statusCode(200);
    for (String verb : List.of("suspend", "resume", "close")) {
      staff(ADMIN)
          .body(Map.of("reason", "x"))
          .post("/admin/v1/distributors/d1/" + verb)
          .then()
          .statusCode(200);
    }
    staff(ADMIN)
        .body(Map.of("uplineId", "d0", "reason", "x"))
        .post("/admin/v1/distributors/d1/upline")
        .then()
        .statusCode(200);
    staff("mentor").get("/admin/v1/distributors/d1").then().statusCode(200);
    staff("finance").get("/admin/v1/distributors/d1/balance").then().statusCode(200);
    staff("mentor")
        .body(Map.of("distributorId", "d1", "reason", "x"))
        .post("/admin/v1/members/m1/bindings")
        .then()
        .statusCode(201);
    assertEquals("m1", services().request(SharingGrpc.getBindMemberMethod()).getMemberId());
    staff("mentor").get("/admin/v1/members/m1/bindings").then().statusCode(200);
  }

  @Test
  void rulesHaveOneFigurePerLevelAndVersions() {
    services()
        .on(
            CommissionRulesGrpc.getCreateRuleMethod(),
            r ->
                CommissionRule.newBuilder()
                    .setRuleId("r1")
                    .setVersion(1)
                    .setScope(r.getScope())
                    .setDirectTerms(r.getDirectTerms())
                    .build());
    staff("brand-admin")
        .body(
            Map.of(
                "scope",
                Map.of("type", "BRAND", "id", "b1"),
                "brandCode",
                "miaomiao",
                "directBasisPoints",
                1000,
                "uplineBasisPoints",
                300))
        .post("/admin/v1/commission-rules")
        .then()
        .statusCode(201)
        .header("ETag", "\"1\"")
        .body("scope.type", equalTo("BRAND"))
        .body("directBasisPoints", equalTo(1000));
    var created = services().request(CommissionRulesGrpc.getCreateRuleMethod());
    assertEquals(
        CommissionTerms.newBuilder().setBasisPoints(300).build(), created.getUplineTerms());
    assertEquals(RuleScope.Type.BRAND, created.getScope().getType());
    problem(
        staff(ADMIN)
            .body(Map.of("scope", Map.of("type", "PLATFORM")))
            .post("/admin/v1/commission-rules")
            .then(),
        400,
        "INVALID_ARGUMENT");
    problem(
        staff(ADMIN)
            .body(
                Map.of(
                    "scope", Map.of("type", "PLATFORM"),
                    "directBasisPoints", 1,
                    "directPerUnitFen", 1))
            .post("/admin/v1/commission-rules")
            .then(),
        400,
        "INVALID_ARGUMENT");
    staff(ADMIN)
        .header("If-Match", "\"1\"")
        .body(
            Map.of(
                "directPerUnitFen",
                500,
                "effectiveFrom",
                "2026-12-01T00:00:00Z",
                "replacesVersions",
                List.of(2, 3)))
        .put("/admin/v1/commission-rules/r1")
        .then()
        .statusCode(200);
    var revised = services().request(CommissionRulesGrpc.getReviseRuleMethod());
    assertEquals(1, revised.getVersion());
    assertEquals(500, revised.getDirectTerms().getFixedFenPerUnit());
    assertEquals(1_796_083_200L, revised.getEffectiveFrom().getSeconds());
    assertEquals(List.of(2L, 3L), revised.getReplacesVersionsList());
    staff(ADMIN)
        .header("If-Match", "\"2\"")
        .body(Map.of("effectiveUntil", "2026-12-01T00:00:00Z", "note", "活动提前结束"))
        .post("/admin/v1/commission-rules/r1/end")
        .then()
        .statusCode(200);
    var ended = services().request(CommissionRulesGrpc.getEndRuleMethod());
    assertEquals("活动提前结束", ended.getNote());
    assertEquals(1_796_083_200L, ended.getEffectiveUntil().getSeconds());
    staff("auditor").get("/admin/v1/commission-rules?brandCode=x").then().statusCode(200);
    staff("auditor").get("/admin/v1/commission-rules/r1?version=1").then().statusCode(200);
    problem(
        staff(ADMIN)
            .header("If-Match", "\"1\"")
            .body(Map.of("directBasisPoints", 1, "effectiveFrom", "tomorrow"))
            .put("/admin/v1/commission-rules/r1")
            .then(),
        400,
        "INVALID_ARGUMENT");
  }

  @Test
  void theAttributionPolicyIsReplaced() {
    services()
        .on(
            SharingGrpc.getChangeAttributionPolicyMethod(),
            r ->
                AttributionPolicy.newBuilder()
                    .setVersion(2)
                    .setBindingMode(r.getBindingMode())
                    .build());
    staff(ADMIN)
        .body(Map.of("bindingMode", "LAST_TOUCH", "touchHours", 24, "selfPurchaseEarns", false))
        .put("/admin/v1/attribution-policy")
        .then()
        .statusCode(200)
        .body("bindingMode", equalTo("LAST_TOUCH"));
    assertEquals(
        Binding.Mode.LAST_TOUCH,
        services().request(SharingGrpc.getChangeAttributionPolicyMethod()).getBindingMode());
    staff("mentor").get("/admin/v1/attribution-policy").then().statusCode(200);
  }

  @Test
  void moneyIsReadAndReleased() {
    staff("finance").post("/admin/v1/withdrawals/w1/approve").then().statusCode(200);
    staff("finance")
        .body(Map.of("reason", "x"))
        .post("/admin/v1/withdrawals/w1/reject")
        .then()
        .statusCode(200);
    assertEquals("x", services().request(WithdrawalsGrpc.getRejectWithdrawalMethod()).getReason());
    staff("auditor").get("/admin/v1/withdrawals").then().statusCode(200);
    staff("auditor").get("/admin/v1/withdrawals/w1").then().statusCode(200);
    staff("auditor").get("/admin/v1/commissions?distributorId=d1").then().statusCode(200);
    staff("auditor").get("/admin/v1/commissions/c1/why").then().statusCode(200);
    staff("auditor").get("/admin/v1/postings?distributorId=d1").then().statusCode(200);
    staff("auditor")
        .get("/admin/v1/postings")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("distributorId"));
  }

  @Test
  void aPayoutThatHangsIsSeenRetriedAndGivenUp() {
    Timestamp at = Timestamp.newBuilder().setSeconds(1_790_000_000).build();
    services()
        .on(
            WithdrawalsGrpc.getGetWithdrawalMethod(),
            r ->
                Withdrawal.newBuilder()
                    .setWithdrawalId("w1")
                    .setState(WithdrawalState.PAYING)
                    .setFailure("400 PARAM_ERROR openid")
                    .setRefusal("PARAM_ERROR")
                    .setAttempts(3)
                    .setOrderedAt(at)
                    .setNextAttemptAt(at)
                    .addDecisions(
                        WithdrawalDecision.newBuilder()
                            .setKind(WithdrawalDecision.Kind.GIVEN_UP)
                            .setDecidedBy("f1")
                            .setReason("x")
                            .setDecidedAt(at))
                    .build());
    staff("auditor")
        .get("/admin/v1/withdrawals/w1")
        .then()
        .statusCode(200)
        .body("state", equalTo("PAYING"))
        .body("failure", equalTo("400 PARAM_ERROR openid"))
        .body("refusal", equalTo("PARAM_ERROR"))
        .body("givenUp", equalTo(false))
        .body("attempts", equalTo(3))
        .body("orderedAt", equalTo("2026-09-21T14:13:20Z"))
        .body("nextAttemptAt", equalTo("2026-09-21T14:13:20Z"))
        .body("decisions[0].kind", equalTo("GIVEN_UP"))
        .body("decisions[0].decidedBy", equalTo("f1"))
        .body("decisions[0].reason", equalTo("x"));

    staff("finance").post("/admin/v1/withdrawals/w1/retry").then().statusCode(200);
    assertEquals(
        "w1", services().request(WithdrawalsGrpc.getRetryWithdrawalMethod()).getWithdrawalId());
    problem(
        staff("finance").body(Map.of()).post("/admin/v1/withdrawals/w1/give-up").then(),
        400,
        "INVALID_ARGUMENT");
    staff("finance")
        .body(Map.of("reason", "换账号"))
        .post("/admin/v1/withdrawals/w1/give-up")
        .then()
        .statusCode(200);
    assertEquals(
        "换账号", services().request(WithdrawalsGrpc.getGiveUpWithdrawalMethod()).getReason());
  }

  @Test
  void members() {
    staff("mentor").queryParam("q", "鹿").get("/admin/v1/members").then().statusCode(200);
    assertEquals("鹿", services().request(MembersGrpc.getListMembersMethod()).getQuery());
    staff("mentor").get("/admin/v1/members/m1").then().statusCode(200);
    staff("mentor").get("/admin/v1/members/m1/growth").then().statusCode(200);
    staff("mentor").get("/admin/v1/members/m1/growth/entries").then().statusCode(200);
  }

  @Test
  void oneOfTwoMembersGoesOnAsTheOther() {
    services()
        .on(
            MergesGrpc.getConfirmMergeRequestMethod(),
            r ->
                MergeRequest.newBuilder()
                    .setMergeRequestId(r.getMergeRequestId())
                    .setState(MergeRequest.State.CONFIRMED)
                    .setSurvivorMemberId(r.getSurvivorMemberId())
                    .setDecisionReason(r.getReason())
                    .build());
    staff("platform-admin")
        .body(Map.of("survivorMemberId", "m1", "reason", "同一人"))
        .post("/admin/v1/member-merges/r1/confirm")
        .then()
        .statusCode(200)
        .body("state", equalTo("CONFIRMED"))
        .body("survivorMemberId", equalTo("m1"));
    staff("platform-admin")
        .body(Map.of("reason", "两个人"))
        .post("/admin/v1/member-merges/r1/reject")
        .then()
        .statusCode(200);
    assertEquals("两个人", services().request(MergesGrpc.getRejectMergeRequestMethod()).getReason());
    staff("mentor")
        .queryParam("state", "REQUESTED")
        .queryParam("memberId", "m1")
        .get("/admin/v1/member-merges")
        .then()
        .statusCode(200);
    var listed = services().request(MergesGrpc.getListMergeRequestsMethod());
    assertEquals("m1", listed.getMemberId());
    assertEquals(MergeRequest.State.REQUESTED, listed.getState());
    staff("auditor")
        .queryParam("memberId", "m1", "m2")
        .get("/admin/v1/orders")
        .then()
        .statusCode(200);
    assertEquals(
        java.util.List.of("m1", "m2"),
        services().request(OrdersGrpc.getListOrdersMethod()).getMemberIdsList());
  }
}
