package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siyu.mall.gateway.testing.Api;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.proto.common.v1.Money;
import io.siyu.mall.proto.cps.v1.AddSharePolicyRequest;
import io.siyu.mall.proto.cps.v1.CpsOrder;
import io.siyu.mall.proto.cps.v1.CpsOrdersGrpc;
import io.siyu.mall.proto.cps.v1.ListCpsOrdersResponse;
import io.siyu.mall.proto.cps.v1.ListSharePoliciesResponse;
import io.siyu.mall.proto.cps.v1.ListStatementDifferencesResponse;
import io.siyu.mall.proto.cps.v1.ListStatementsResponse;
import io.siyu.mall.proto.cps.v1.Platform;
import io.siyu.mall.proto.cps.v1.SharePoliciesGrpc;
import io.siyu.mall.proto.cps.v1.SharePolicy;
import io.siyu.mall.proto.cps.v1.ShareStep;
import io.siyu.mall.proto.cps.v1.StartStatementRequest;
import io.siyu.mall.proto.cps.v1.Statement;
import io.siyu.mall.proto.cps.v1.StatementDifference;
import io.siyu.mall.proto.cps.v1.StatementSide;
import io.siyu.mall.proto.cps.v1.StatementState;
import io.siyu.mall.proto.cps.v1.StatementsGrpc;
import org.junit.jupiter.api.Test;

/** Share policies and statements of outside platforms. */
@GatewayTest
class CpsBooksApiTest {

  private static final String LADDER =
      "{\"effectiveFrom\":\"2027-01-01T00:00:00Z\",\"note\":\"新年\",\"steps\":["
          + "{\"fromFen\":0,\"directBasisPoints\":5000,\"uplineBasisPoints\":1000},"
          + "{\"fromFen\":100000,\"directBasisPoints\":8000,\"uplineBasisPoints\":500}]}";

  @Test
  void aLadderIsAddedAndListed() {
    services()
        .on(
            SharePoliciesGrpc.getAddSharePolicyMethod(),
            request ->
                SharePolicy.newBuilder().setVersion(2).addAllSteps(request.getStepsList()).build());
    Api.staff("finance")
        .body(LADDER)
        .post("/admin/v1/cps/share-policies")
        .then()
        .statusCode(201)
        .body("version", equalTo(2))
        .body("steps[1].fromFen", equalTo(100_000))
        .body("steps[1].directBasisPoints", equalTo(8_000));
    AddSharePolicyRequest sent = services().request(SharePoliciesGrpc.getAddSharePolicyMethod());
    assertEquals(2, sent.getStepsCount());
    assertEquals(1_798_761_600L, sent.getEffectiveFrom().getSeconds());
    assertEquals("新年", sent.getNote());
    services()
        .on(
            SharePoliciesGrpc.getListSharePoliciesMethod(),
            request ->
                ListSharePoliciesResponse.newBuilder()
                    .addPolicies(
                        SharePolicy.newBuilder()
                            .setVersion(1)
                            .setCreatedBy("SYSTEM")
                            .addSteps(
                                ShareStep.newBuilder().setStep(1).setDirectBasisPoints(7_000)))
                    .setNextPageToken("n")
                    .build());
    Api.staff("auditor")
        .get("/admin/v1/cps/share-policies?pageSize=1")
        .then()
        .statusCode(200)
        .body("items[0].createdBy", equalTo("SYSTEM"))
        .body("items[0].steps[0].directBasisPoints", equalTo(7_000))
        .body("nextPageToken", equalTo("n"));
  }

  @Test
  void aLadderThatSaysNothingIsRefused() {
    for (String body :
        new String[] {
          "{}",
          LADDER.replace("5000", "10001"),
          LADDER.replace("100000", "-1"),
          LADDER.replace("新年", ""),
          "{\"effectiveFrom\":\"2027-01-01T00:00:00Z\",\"note\":\"x\",\"steps\":[]}"
        }) {
      Api.staff("finance").body(body).post("/admin/v1/cps/share-policies").then().statusCode(400);
    }
    assertEquals(0, services().calls(SharePoliciesGrpc.getAddSharePolicyMethod()).size());
  }

  @Test
  void aStatementIsAskedForAndRead() {
    services()
        .on(
            StatementsGrpc.getStartStatementMethod(),
            request ->
                Statement.newBuilder()
                    .setStatementId("s1")
                    .setPlatform(request.getPlatform())
                    .setMonth(request.getMonth())
                    .setState(StatementState.STATEMENT_QUEUED)
                    .build());
    Api.staff("finance")
        .body("{\"platform\":\"TAOBAO\",\"month\":\"2026-10\"}")
        .post("/admin/v1/cps/statements")
        .then()
        .statusCode(202)
        .body("state", equalTo("QUEUED"));
    StartStatementRequest sent = services().request(StatementsGrpc.getStartStatementMethod());
    assertEquals("2026-10", sent.getMonth());
    assertEquals(Platform.TAOBAO, sent.getPlatform());
    Statement made =
        Statement.newBuilder()
            .setStatementId("s1")
            .setPlatform(Platform.TAOBAO)
            .setMonth("2026-10")
            .setState(StatementState.STATEMENT_DONE)
            .setOurs(StatementSide.newBuilder().setOrders(3).setSettled(fen(900)))
            .setTheirs(StatementSide.newBuilder().setOrders(4).setSettled(fen(1_000)))
            .setDifferences(1)
            .build();
    services().on(StatementsGrpc.getGetStatementMethod(), request -> made);
    services()
        .on(
            StatementsGrpc.getListStatementsMethod(),
            request -> ListStatementsResponse.newBuilder().addStatements(made).build());
    Api.staff("auditor")
        .get("/admin/v1/cps/statements/s1")
        .then()
        .statusCode(200)
        .body("ours.settledFen", equalTo(900))
        .body("theirs.orders", equalTo(4));
    Api.staff("auditor")
        .get("/admin/v1/cps/statements?platform=TAOBAO")
        .then()
        .statusCode(200)
        .body("items[0].month", equalTo("2026-10"))
        .body("items[0].differences", equalTo(1));
  }

  @Test
  void differencesAreListed() {
    services()
        .on(
            StatementsGrpc.getListStatementDifferencesMethod(),
            request ->
                ListStatementDifferencesResponse.newBuilder()
                    .addDifferences(
                        StatementDifference.newBuilder()
                            .setKind(StatementDifference.Kind.ORDER)
                            .setReason(StatementDifference.Reason.MISSING_AT_OURS)
                            .setOrderNo("400")
                            .setSubOrderNo("401")
                            .setTheirs(fen(100)))
                    .setNextPageToken("n")
                    .build());
    Api.staff("finance")
        .get("/admin/v1/cps/statements/s1/differences")
        .then()
        .statusCode(200)
        .body("items[0].reason", equalTo("MISSING_AT_OURS"))
        .body("items[0].kind", equalTo("ORDER"))
        .body("items[0].theirsFen", equalTo(100))
        .body("items[0].oursFen", nullValue())
        .body("nextPageToken", equalTo("n"));
    assertEquals(
        "s1",
        services().request(StatementsGrpc.getListStatementDifferencesMethod()).getStatementId());
  }

  @Test
  void nonsenseMonthsAreRefused() {
    for (String month : new String[] {"2026-13", "2026-00", "2026", "October", ""}) {
      Api.staff("finance")
          .body("{\"platform\":\"TAOBAO\",\"month\":\"" + month + "\"}")
          .post("/admin/v1/cps/statements")
          .then()
          .statusCode(400);
    }
    assertEquals(0, services().calls(StatementsGrpc.getStartStatementMethod()).size());
  }

  @Test
  void anOrderSaysByWhichStepItIsShared() {
    services()
        .on(
            CpsOrdersGrpc.getListMyCpsOrdersMethod(),
            request ->
                ListCpsOrdersResponse.newBuilder()
                    .addOrders(
                        CpsOrder.newBuilder()
                            .setCpsOrderId("o1")
                            .setPlatform(Platform.TAOBAO)
                            .setState(io.siyu.mall.proto.cps.v1.CpsOrderState.PAID)
                            .setShareBasisPoints(8_000)
                            .setPolicyVersion(2)
                            .setPolicyStep(2)
                            .setSettledBefore(fen(100_000)))
                    .build());
    Api.member()
        .get("/partner/v1/cps/orders")
        .then()
        .statusCode(200)
        .body("items[0].shareBasisPoints", equalTo(8_000))
        .body("items[0].policyStep", equalTo(2))
        .body("items[0].settledBeforeFen", equalTo(100_000));
  }

  private static Money fen(long fen) {
    return Money.newBuilder().setCurrencyCode("CNY").setMinorUnits(fen).build();
  }
}
