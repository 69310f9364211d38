package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Api.member;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.RestAssured;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.proto.membership.v1.SessionsGrpc;
import io.siyu.mall.proto.order.v1.AfterSalesGrpc;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@GatewayTest
class OutageTest {

  @TestHTTPResource(value = "/health/ready", management = true)
  URL ready;

  @Test
  void servicesThatAreDownAreAProblemAndComeBack() {
    member().get("/shop/v1/orders/o1").then().statusCode(200);
    services().stop();
    try {
      problem(member().get("/shop/v1/orders/o1").then(), 503, "UPSTREAM_UNAVAILABLE")
          .header("Retry-After", "1");
      RestAssured.get(ready).then().statusCode(200);
    } finally {
      services().start();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> member().get("/shop/v1/orders/o1").then().statusCode(200));
  }

  @Test
  void aReadThatFailsOnceIsTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r -> {
              if (tries.incrementAndGet() < 3) {
                throw Status.UNAVAILABLE.asRuntimeException();
              }
              return Order.newBuilder().setOrderId(r.getOrderId()).build();
            });
    member().get("/shop/v1/orders/o1").then().statusCode(200);
    assertEquals(3, tries.get());
  }

  @Test
  void aChangeIsTriedAgainUnderTheSameRequestId() {
    services()
        .on(
            AfterSalesGrpc.getCancelCaseMethod(),
            r -> {
              if (services().calls(AfterSalesGrpc.getCancelCaseMethod()).size() < 2) {
                throw Status.UNAVAILABLE.asRuntimeException();
              }
              return io.siyu.mall.proto.order.v1.AfterSaleCase.getDefaultInstance();
            });
    member().post("/shop/v1/after-sale-cases/c1/cancel").then().statusCode(200);
    var calls = services().calls(AfterSalesGrpc.getCancelCaseMethod());
    assertEquals(2, calls.size());
    assertEquals(calls.get(0).request(), calls.get(1).request());
  }

  @Test
  void whatMustNotBeSentTwiceIsNot() {
    services()
        .on(
            SessionsGrpc.getRefreshSessionMethod(),
            r -> {
              throw Status.UNAVAILABLE.asRuntimeException();
            });
    services()
        .on(
            PaymentsGrpc.getHandleNotificationMethod(),
            r -> {
              throw Status.UNAVAILABLE.asRuntimeException();
            });
    problem(
        RestAssured.given()
            .contentType("application/json")
            .body(Map.of("refreshToken", "r1"))
            .post("/shop/v1/sessions/refresh")
            .then(),
        503,
        "UPSTREAM_UNAVAILABLE");
    assertEquals(1, services().calls(SessionsGrpc.getRefreshSessionMethod()).size());
    RestAssured.given().body("{}").post("/callbacks/wechat-pay/payments").then().statusCode(503);
    assertEquals(1, services().calls(PaymentsGrpc.getHandleNotificationMethod()).size());
  }

  @Test
  void aServiceThatHangsIsGivenUp() {
    CountDownLatch release = new CountDownLatch(1);
    services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r -> {
              try {
                release.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Order.getDefaultInstance();
            });
    long begin = System.nanoTime();
    problem(member().get("/shop/v1/orders/o1").then(), 503, "UPSTREAM_TIMEOUT");
    long millis = (System.nanoTime() - begin) / 1_000_000;
    release.countDown();
    assertTrue(millis < 4000, millis + " ms");
  }
}
