package io.siyu.mall.gateway;

import static io.restassured.RestAssured.given;
import static io.siyu.mall.gateway.testing.Api.anonymous;
import static io.siyu.mall.gateway.testing.Api.member;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Api.staff;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.restassured.RestAssured;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Refusals;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, the answer is a problem with a reason. */
@GatewayTest
class ProblemTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/shop",
        "/shop/v1",
        "/shop/v1/nothing",
        "/admin/v1/x/y",
        "/q/nothing",
        "/%20"
      })
  void unknownPaths(String path) {
    problem(given().urlEncodingEnabled(false).get(path).then(), 404, "PATH_UNKNOWN");
  }

  @Test
  void wrongMethodsAndTypes() {
    problem(member().delete("/shop/v1/trades").then(), 405, "METHOD_NOT_ALLOWED");
    problem(
        given()
            .auth()
            .oauth2(Tokens.member())
            .header("Idempotency-Key", "12345678")
            .contentType("text/plain")
            .body("lines")
            .post("/shop/v1/trades")
            .then(),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    problem(member().accept("image/png").get("/shop/v1/orders").then(), 406, "NOT_ACCEPTABLE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"lines\":",
        "not json",
        "[]",
        "\"text\"",
        "{\"lines\":{}}",
        "{\"lines\":[1]}",
        "{\"lines\":\"x\"}",
        "{} trailing",
        "{\"lines\":[{\"skuId\":{},\"quantity\":1}]}",
        "null",
        ""
      })
  void malformedBodies(String body) {
    var answer = member().body(body).post("/shop/v1/trades").then();
    answer
        .statusCode(400)
        .contentType(matchesPattern("application/problem\\+json.*"))
        .body("reason", matchesPattern("MALFORMED_JSON|INVALID_ARGUMENT"))
        .body("detail", not(containsString("Exception")))
        .body("detail", not(containsString("io.siyu")));
  }

  /** Not by RestAssured: it would indent the body when it reports a failure. */
  @Test
  void deepJsonIsRefused() throws Exception {
    String deep = "{\"lines\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            RestAssured.baseURI + ":" + RestAssured.port + "/shop/v1/trades"))
                    .header("Authorization", "Bearer " + Tokens.member())
                    .header("Idempotency-Key", "deep-json-1")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(deep))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(
        answer.body().matches(".*\"reason\":\"(MALFORMED_JSON|INVALID_ARGUMENT)\".*"),
        answer.body());
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedUnread() {
    problem(
        member().body("{\"note\":\"" + "x".repeat(300_000) + "\"}").post("/shop/v1/trades").then(),
        413,
        "BODY_TOO_LARGE");
  }

  @Test
  void aBodyOfUnknownLengthIsCutOffAtTheSameSize() throws Exception {
    byte[] body = ("{\"note\":\"" + "x".repeat(300_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            RestAssured.baseURI + ":" + RestAssured.port + "/shop/v1/trades"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Authorization", "Bearer " + Tokens.member())
                    .header("Idempotency-Key", "chunked-1")
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(body)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(413, answer.statusCode());
  }

  @Test
  void tokens() {
    problem(given().get("/shop/v1/me").then(), 401, "UNAUTHENTICATED")
        .header("WWW-Authenticate", "Bearer");
    for (String token :
        new String[] {
          "not.a.token",
          "x",
          Tokens.staff("platform-admin"),
          Tokens.member().replaceAll(".{6}$", "AAAAAA")
        }) {
      problem(given().auth().oauth2(token).get("/shop/v1/me").then(), 401, "UNAUTHENTICATED");
    }
    for (String token :
        new String[] {
          Tokens.member(),
          Tokens.expiredStaff("platform-admin"),
          Tokens.staffForAnotherAudience("platform-admin")
        }) {
      problem(given().auth().oauth2(token).get("/admin/v1/brands").then(), 401, "UNAUTHENTICATED");
    }
    problem(staff("mentor").get("/admin/v1/orders").then(), 403, "PERMISSION_DENIED");
    problem(staff().get("/admin/v1/orders").then(), 403, "PERMISSION_DENIED");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT,400",
    "UNAUTHENTICATED,401",
    "PERMISSION_DENIED,403",
    "NOT_FOUND,404",
    "ALREADY_EXISTS,409",
    "FAILED_PRECONDITION,409",
    "ABORTED,409",
    "RESOURCE_EXHAUSTED,429",
    "UNAVAILABLE,503"
  })
  void whatAServiceRefusesKeepsItsReason(Status.Code code, int status) {
    services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r -> {
              throw Refusals.of(code, "SOME_REASON", "in the service's words");
            });
    problem(member().get("/shop/v1/orders/o1").then(), status, "SOME_REASON")
        .body("detail", equalTo("in the service's words"));
  }

  @Test
  void aServicesBugIsFoundByItsNumberAndTellsNothing() {
    services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r -> {
              throw Refusals.internal("e-42");
            });
    problem(member().get("/shop/v1/orders/o1").then(), 500, "INTERNAL")
        .body("errorId", equalTo("e-42"));
    services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r -> {
              throw Status.UNKNOWN.withDescription("SELECT secret FROM card").asRuntimeException();
            });
    problem(member().get("/shop/v1/orders/o1").then(), 500, "INTERNAL")
        .body("detail", not(containsString("SELECT")));
    services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r -> {
              throw Status.UNIMPLEMENTED.asRuntimeException();
            });
    problem(member().get("/shop/v1/orders/o1").then(), 503, "NOT_AVAILABLE");
  }

  @Test
  void anAnswerInAnotherCurrencyIsNotShownAsFen() {
    services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r ->
                io.siyu.mall.proto.order.v1.Order.newBuilder()
                    .setPayable(
                        io.siyu.mall.proto.common.v1.Money.newBuilder()
                            .setCurrencyCode("USD")
                            .setMinorUnits(5))
                    .build());
    problem(member().get("/shop/v1/orders/o1").then(), 500, "INTERNAL");
  }

  @Test
  void answersCarryWhatBrowsersMustKnow() {
    services()
        .on(
            MembersGrpc.getGetMeMethod(),
            r -> io.siyu.mall.proto.membership.v1.Member.getDefaultInstance());
    member()
        .get("/shop/v1/me")
        .then()
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Access-Control-Allow-Origin", (String) null);
    anonymous().get("/ping").then().statusCode(200).body(equalTo("pong"));
    problem(
        member().body(Map.of("lines", 5)).post("/shop/v1/checkouts").then(),
        400,
        "INVALID_ARGUMENT");
  }
}
