package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.gateway.testing.Api;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.proto.common.v1.Money;
import io.siyu.mall.proto.cps.v1.Claim;
import io.siyu.mall.proto.cps.v1.ClaimState;
import io.siyu.mall.proto.cps.v1.ClaimsGrpc;
import io.siyu.mall.proto.cps.v1.CpsOrder;
import io.siyu.mall.proto.cps.v1.CpsOrderState;
import io.siyu.mall.proto.cps.v1.CpsOrdersGrpc;
import io.siyu.mall.proto.cps.v1.CreateLinkRequest;
import io.siyu.mall.proto.cps.v1.Link;
import io.siyu.mall.proto.cps.v1.LinksGrpc;
import io.siyu.mall.proto.cps.v1.ListCpsOrdersResponse;
import io.siyu.mall.proto.cps.v1.ListSyncsResponse;
import io.siyu.mall.proto.cps.v1.Platform;
import io.siyu.mall.proto.cps.v1.StartSyncRequest;
import io.siyu.mall.proto.cps.v1.Sync;
import io.siyu.mall.proto.cps.v1.SyncState;
import io.siyu.mall.proto.cps.v1.SyncsGrpc;
import org.junit.jupiter.api.Test;

@GatewayTest
class CpsApiTest {

  @Test
  void aLinkOfAnItem() {
    services()
        .on(
            LinksGrpc.getCreateLinkMethod(),
            request ->
                Link.newBuilder()
                    .setLinkId("l1")
                    .setPlatform(Platform.TAOBAO)
                    .setItemId(request.getItemId())
                    .setUrl("https://s.click.taobao.com/t?e=1")
                    .setSubAffiliateId("2900000001")
                    .build());
    Api.member()
        .body("{\"itemId\":\"655123\"}")
        .post("/partner/v1/cps/links")
        .then()
        .statusCode(201)
        .body("platform", equalTo("TAOBAO"))
        .body("itemId", equalTo("655123"))
        .body("subAffiliateId", equalTo("2900000001"));
    CreateLinkRequest sent = services().request(LinksGrpc.getCreateLinkMethod());
    assertTrue(!sent.getRequestId().isEmpty());
    assertEquals(Platform.PLATFORM_UNSPECIFIED, sent.getPlatform());
  }

  @Test
  void aLinkOfNothingOrOfTwoThingsIsRefused() {
    for (String body :
        new String[] {
          "{}",
          "{\"itemId\":\"1\",\"url\":\"https://item.taobao.com/item.htm?id=1\"}",
          "{\"url\":\"javascript:1\"}"
        }) {
      Api.member().body(body).post("/partner/v1/cps/links").then().statusCode(400);
    }
    assertEquals(0, services().calls(LinksGrpc.getCreateLinkMethod()).size());
  }

  @Test
  void ownOrders() {
    services()
        .on(
            CpsOrdersGrpc.getListMyCpsOrdersMethod(),
            request ->
                ListCpsOrdersResponse.newBuilder()
                    .addOrders(
                        CpsOrder.newBuilder()
                            .setCpsOrderId("o1")
                            .setPlatform(Platform.TAOBAO)
                            .setOrderNo("T1")
                            .setState(request.getState())
                            .setShare(Money.newBuilder().setCurrencyCode("CNY").setMinorUnits(560)))
                    .setNextPageToken("n")
                    .build());
    Api.member()
        .get("/partner/v1/cps/orders?state=SETTLED")
        .then()
        .statusCode(200)
        .body("items[0].state", equalTo("SETTLED"))
        .body("items[0].shareFen", equalTo(560))
        .body("nextPageToken", equalTo("n"));
    assertEquals(
        CpsOrderState.SETTLED,
        services().request(CpsOrdersGrpc.getListMyCpsOrdersMethod()).getState());
  }

  @Test
  void staffSeeAndStartRuns() {
    services()
        .on(
            SyncsGrpc.getListSyncsMethod(),
            request ->
                ListSyncsResponse.newBuilder()
                    .addSyncs(
                        Sync.newBuilder()
                            .setSyncId("s1")
                            .setPlatform(Platform.TAOBAO)
                            .setState(SyncState.SYNC_FAILED)
                            .setError("7/isp.call-limited"))
                    .build());
    Api.staff("finance")
        .get("/admin/v1/cps/syncs?platform=TAOBAO")
        .then()
        .statusCode(200)
        .body("items[0].state", equalTo("FAILED"))
        .body("items[0].error", equalTo("7/isp.call-limited"));
    Api.staff("platform-admin")
        .body("{\"platform\":\"TAOBAO\"}")
        .post("/admin/v1/cps/syncs")
        .then()
        .statusCode(202);
    StartSyncRequest sent = services().request(SyncsGrpc.getStartSyncMethod());
    assertEquals(Platform.TAOBAO, sent.getPlatform());
    Api.staff("finance")
        .get("/admin/v1/cps/orders?unattributed=true&platform=TAOBAO")
        .then()
        .statusCode(200);
    assertTrue(services().request(CpsOrdersGrpc.getListCpsOrdersMethod()).getUnattributed());
  }

  @Test
  void aClaimIsMadeAndDecided() {
    services()
        .on(
            ClaimsGrpc.getCreateClaimMethod(),
            request ->
                Claim.newBuilder()
                    .setClaimId("c1")
                    .setPlatform(request.getPlatform())
                    .setOrderNo(request.getOrderNo())
                    .setState(ClaimState.CLAIM_OPEN)
                    .build());
    Api.member()
        .body("{\"platform\":\"TAOBAO\",\"orderNo\":\"400\"}")
        .post("/partner/v1/cps/claims")
        .then()
        .statusCode(201)
        .body("state", equalTo("OPEN"))
        .body("orderNo", equalTo("400"));
    Api.member()
        .body("{\"platform\":\"TAOBAO\",\"orderNo\":\"4 0\"}")
        .post("/partner/v1/cps/claims")
        .then()
        .statusCode(400);
    Api.staff("finance").post("/admin/v1/cps/claims/c1/accept").then().statusCode(200);
    assertEquals("c1", services().request(ClaimsGrpc.getAcceptClaimMethod()).getClaimId());
    Api.staff("finance")
        .body("{\"reason\":\"订单不属实\"}")
        .post("/admin/v1/cps/claims/c1/reject")
        .then()
        .statusCode(200);
    assertEquals("订单不属实", services().request(ClaimsGrpc.getRejectClaimMethod()).getReason());
  }
}
