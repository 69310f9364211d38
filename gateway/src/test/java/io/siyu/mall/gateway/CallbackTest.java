package io.siyu.mall.gateway;

import static io.restassured.RestAssured.given;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.grpc.Status;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Refusals;
import io.siyu.mall.proto.distributor.v1.Share;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.WithdrawalsGrpc;
import io.siyu.mall.proto.order.v1.HandleNotificationRequest;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@GatewayTest
class CallbackTest {

  /** Not canonical JSON on purpose: a signature covers the bytes. */
  private static final String BODY = "{ \"id\":\"1\",\n\"名\":\"付款\"}  ";

  @Test
  void aMessageIsPassedOnByteByByte() {
    given()
        .header("Wechatpay-Signature", "sig")
        .header("Wechatpay-Serial", "PUB_KEY_ID_1")
        .header("Authorization", "Bearer forged")
        .contentType("application/json; charset=UTF-8")
        .body(BODY.getBytes(StandardCharsets.UTF_8))
        .post("/callbacks/wechat-pay/payments")
        .then()
        .statusCode(204)
        .body(emptyString());
    HandleNotificationRequest request =
        services().request(PaymentsGrpc.getHandleNotificationMethod());
    assertEquals(HandleNotificationRequest.Kind.PAYMENT, request.getKind());
    assertEquals(BODY, request.getBody().toStringUtf8());
    assertEquals("sig", request.getHeadersMap().get("wechatpay-signature"));
    assertFalse(request.containsHeaders("authorization"));
    assertNull(services().calls(PaymentsGrpc.getHandleNotificationMethod()).get(0).authorization());
  }

  @Test
  void refundsAndTransfersGoToTheirServices() {
    given()
        .contentType("application/json")
        .body(BODY)
        .post("/callbacks/wechat-pay/refunds")
        .then()
        .statusCode(204);
    assertEquals(
        HandleNotificationRequest.Kind.REFUND,
        services().request(PaymentsGrpc.getHandleNotificationMethod()).getKind());
    given()
        .contentType("application/json")
        .body(BODY)
        .post("/callbacks/wechat-pay/transfers")
        .then()
        .statusCode(204);
    assertEquals(1, services().calls(WithdrawalsGrpc.getHandleTransferNotificationMethod()).size());
  }

  @Test
  void aForgedMessageIsRefusedInWeChatsForm() {
    services()
        .on(
            PaymentsGrpc.getHandleNotificationMethod(),
            r -> {
              throw Refusals.of(Status.Code.UNAUTHENTICATED, "SIGNATURE_INVALID", "forged");
            });
    given()
        .contentType("application/json")
        .body(BODY)
        .post("/callbacks/wechat-pay/payments")
        .then()
        .statusCode(401)
        .contentType("application/json")
        .body("code", equalTo("FAIL"))
        .body("message", equalTo("SIGNATURE_INVALID"));
    services()
        .on(
            PaymentsGrpc.getHandleNotificationMethod(),
            r -> {
              throw Status.UNAVAILABLE.asRuntimeException();
            });
    given()
        .contentType("application/json")
        .body(BODY)
        .post("/callbacks/wechat-pay/payments")
        .then()
        .statusCode(503)
        .body("code", equalTo("FAIL"));
  }

  @Test
  void aShareLeadsToThePage() {
    services()
        .on(
            SharingGrpc.getGetShareMethod(),
            r -> Share.newBuilder().setShareCode(r.getShareCode()).build());
    given()
        .redirects()
        .follow(false)
        .get("/s/aB3")
        .then()
        .statusCode(302)
        .header("Location", endsWith("/m/?s=aB3"));
    services()
        .on(
            SharingGrpc.getGetShareMethod(),
            r -> {
              throw Refusals.of(Status.Code.NOT_FOUND, "SHARE_UNKNOWN", "no such share");
            });
    problem(given().get("/s/nope").then(), 404, "SHARE_UNKNOWN");
    problem(given().get("/s/" + "x".repeat(33)).then(), 404, "NOT_FOUND");
  }
}
