package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Api.staff;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.proto.catalog.v1.StockGrpc;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Difference;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventAdminGrpc;
import io.siyu.mall.proto.common.v1.ListParkedEventsResponse;
import io.siyu.mall.proto.common.v1.ParkedEvent;
import io.siyu.mall.proto.common.v1.ReconcileResponse;
import io.siyu.mall.proto.common.v1.RedriveParkedEventsResponse;
import io.siyu.mall.proto.distributor.v1.LedgerGrpc;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import io.siyu.mall.proto.order.v1.ListOrderFactsResponse;
import io.siyu.mall.proto.order.v1.OrderFact;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import io.siyu.mall.proto.order.v1.VerifyOrdersResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@GatewayTest
class OperationsTest {

  private static ReconcileResponse own(String name, long compared) {
    return ReconcileResponse.newBuilder()
        .addChecks(Check.newBuilder().setName(name).setCompared(compared))
        .build();
  }

  /** Three orders on two pages. */
  private static void facts(boolean pending) {
    services()
        .on(
            PaymentsGrpc.getListOrderFactsMethod(),
            r ->
                r.getPageToken().isEmpty()
                    ? ListOrderFactsResponse.newBuilder()
                        .addFacts(OrderFact.newBuilder().setOrderId("o1"))
                        .addFacts(OrderFact.newBuilder().setOrderId("o2"))
                        .setNextPageToken("2")
                        .setEventsPending(pending)
                        .build()
                    : ListOrderFactsResponse.newBuilder()
                        .addFacts(OrderFact.newBuilder().setOrderId("o3"))
                        .build());
  }

  private static VerifyOrdersResponse verified(String name, int compared, int differences) {
    Check.Builder check =
        Check.newBuilder()
            .setName(name)
            .setCompared(compared)
            .setDifferenceCount(differences)
            .setDifferenceAmount(differences * 7L);
    for (int i = 0; i < differences; i++) {
      check.addDifferences(Difference.newBuilder().setKey("o" + i).setExpected("7").setActual("0"));
    }
    return VerifyOrdersResponse.newBuilder().addChecks(check).build();
  }

  @Test
  void everyBookIsComparedAndAddedUp() {
    services().on(StockGrpc.getReconcileMethod(), r -> own("stock.sum", 5));
    services().on(PaymentsGrpc.getReconcileMethod(), r -> own("order.paid", 3));
    services().on(LedgerGrpc.getReconcileMethod(), r -> own("ledger.zero", 9));
    services().on(MembersGrpc.getReconcileMethod(), r -> own("growth.sum", 2));
    facts(false);
    services()
        .on(
            LedgerGrpc.getVerifyOrdersMethod(),
            r -> verified("ledger.orders", r.getFactsCount(), 0));
    staff("finance")
        .get("/admin/v1/reconciliation")
        .then()
        .statusCode(200)
        .body("ok", equalTo(true))
        .body("checks", hasSize(5))
        .body("checks.find { it.name == 'ledger.orders' }.compared", equalTo(3))
        .body("checks.find { it.name == 'ledger.orders' }.scope", equalTo("distributor"))
        .body("checks.find { it.name == 'stock.sum' }.scope", equalTo("catalog"));
    assertEquals(2, services().calls(StockGrpc.getVerifyOrdersMethod()).size());
    assertTrue(
        services().calls().stream().allMatch(call -> call.authorization() != null),
        "every book is asked as the member of staff");
  }

  @Test
  void aDifferenceIsToldInFull() {
    facts(false);
    services()
        .on(StockGrpc.getVerifyOrdersMethod(), r -> verified("stock.orders", 1, r.getFactsCount()));
    staff("auditor")
        .get("/admin/v1/reconciliation")
        .then()
        .body("ok", equalTo(false))
        .body("checks[0].differenceCount", equalTo(3))
        .body("checks[0].differenceAmount", equalTo(21))
        .body("checks[0].differences", hasSize(3))
        .body("checks[0].differences[0].expected", equalTo("7"));
  }

  @Test
  void thousandsOfPagesAreReadOneAfterTheOther() {
    int pages = 3_000;
    services()
        .on(
            PaymentsGrpc.getListOrderFactsMethod(),
            r -> {
              int page = r.getPageToken().isEmpty() ? 1 : Integer.parseInt(r.getPageToken());
              return ListOrderFactsResponse.newBuilder()
                  .addFacts(OrderFact.newBuilder().setOrderId("o" + page))
                  .setNextPageToken(page < pages ? String.valueOf(page + 1) : "")
                  .build();
            });
    services()
        .on(StockGrpc.getVerifyOrdersMethod(), r -> verified("stock.orders", r.getFactsCount(), 0));
    staff("auditor")
        .get("/admin/v1/reconciliation")
        .then()
        .body("ok", equalTo(true))
        .body("checks.find { it.name == 'stock.orders' }.compared", equalTo(pages));
  }

  @Test
  void whatMayBeADelayIsAskedAgain() {
    facts(true);
    AtomicInteger asked = new AtomicInteger();
    services()
        .on(
            LedgerGrpc.getVerifyOrdersMethod(),
            r -> verified("ledger.orders", 1, asked.incrementAndGet() > 4 ? 0 : 1));
    staff("finance").get("/admin/v1/reconciliation").then().body("ok", equalTo(true));
    assertTrue(asked.get() > 4);
  }

  @Test
  void aBookThatCannotBeReadIsNoReconciliation() {
    services()
        .on(
            LedgerGrpc.getReconcileMethod(),
            r -> {
              throw Status.UNAVAILABLE.asRuntimeException();
            });
    problem(staff("finance").get("/admin/v1/reconciliation").then(), 503, "UPSTREAM_UNAVAILABLE");
  }

  @Test
  void parkedEventsOfAllServicesAreListedAndDrivenAgain() {
    services()
        .on(
            EventAdminGrpc.getListParkedEventsMethod(),
            r ->
                ListParkedEventsResponse.newBuilder()
                    .addEvents(
                        ParkedEvent.newBuilder()
                            .setSubscriber("distributor")
                            .setEvent(Event.newBuilder().setEventId("e1")))
                    .build());
    String token =
        staff("platform-admin")
            .get("/admin/v1/events/parked")
            .then()
            .statusCode(200)
            .body("items[0].service", equalTo("catalog"))
            .body("items[0].eventId", equalTo("e1"))
            .extract()
            .path("nextPageToken");
    int pages = 1;
    while (token != null) {
      token =
          staff("platform-admin")
              .queryParam("pageToken", token)
              .get("/admin/v1/events/parked")
              .then()
              .statusCode(200)
              .extract()
              .path("nextPageToken");
      pages++;
    }
    assertEquals(5, pages);
    problem(
        staff("platform-admin").get("/admin/v1/events/parked?pageToken=nonsense").then(),
        400,
        "INVALID_PARAMETER");
    problem(
        staff("platform-admin").get("/admin/v1/events/parked?service=moon").then(),
        400,
        "INVALID_PARAMETER");
    services()
        .on(
            EventAdminGrpc.getRedriveParkedEventsMethod(),
            r -> RedriveParkedEventsResponse.newBuilder().setRedriven(2).build());
    staff("platform-admin")
        .body(Map.of("subscriber", "distributor"))
        .post("/admin/v1/events/parked/redrive")
        .then()
        .body("redriven", equalTo(10));
    problem(
        staff("platform-admin").body(Map.of()).post("/admin/v1/events/parked/redrive").then(),
        400,
        "INVALID_ARGUMENT");
    staff("platform-admin")
        .body(Map.of("service", "order", "eventIds", List.of("e1")))
        .post("/admin/v1/events/parked/redrive")
        .then()
        .body("redriven", equalTo(2));
  }

  @Test
  void aServiceThatSendsNoEventsHasNoneParked() {
    services()
        .on(
            EventAdminGrpc.getListParkedEventsMethod(),
            r -> {
              throw Status.UNIMPLEMENTED.asRuntimeException();
            });
    staff("platform-admin")
        .get("/admin/v1/events/parked")
        .then()
        .statusCode(200)
        .body("items", hasSize(0))
        .body("nextPageToken", nullValue());
  }
}
