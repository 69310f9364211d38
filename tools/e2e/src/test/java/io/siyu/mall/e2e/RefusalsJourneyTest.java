package io.siyu.mall.e2e;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bad input on every endpoint of the story: a problem document with a reason, and nothing changed.
 */
@ExtendWith(RunningPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsJourneyTest {
  private static final String NOBODY = "01890000-0000-7000-8000-000000000000";

  private String gateway;
  private Scene scene;
  private String shopper;
  private String distributor;
  private String brandAdmin;
  private String admin;
  private String orderId;

  @BeforeAll
  void aPaidTrade(Addresses addresses) {
    gateway = addresses.gateway().toString();
    scene = Journey.on(addresses).recruited().scene();
    new SellThroughAShare().play(scene);
    shopper = scene.shopper.api().token();
    distributor = scene.bea.api().token();
    brandAdmin = scene.purchases.get(0).brand().api().token();
    admin = scene.platformAdmin.token();
    orderId = scene.purchases.get(0).orderId();
  }

  /** One wrong request. */
  private record Wrong(String name, String token, String path, Object body, int... statuses) {}

  @TestFactory
  Stream<DynamicTest> everyEndpointRefusesBadInput() {
    String line = scene.purchases.get(0).orderLineId();
    String sku = scene.purchases.get(0).skuId();
    return Stream.of(
            wrong(
                "sign in without a code",
                null,
                "/shop/v1/sessions",
                Map.of("provider", "WECHAT_MINI"),
                400),
            wrong(
                "sign in with a code nobody gave",
                null,
                "/shop/v1/sessions",
                Map.of("provider", "WECHAT_MINI", "code", "no-such-code"),
                400,
                401,
                409,
                422),
            wrong(
                "sign in by an unknown provider",
                null,
                "/shop/v1/sessions",
                Map.of("provider", "PIGEON", "code", "x"),
                400),
            wrong(
                "refresh with a made-up token",
                null,
                "/shop/v1/sessions/refresh",
                Map.of("refreshToken", "made-up"),
                400,
                401),
            wrong(
                "open an unknown share",
                null,
                "/shop/v1/touches",
                Map.of("shareCode", "AAAAAAAAAAAA", "anonymousId", "a-visitor-1"),
                404),
            wrong(
                "address without a city",
                shopper,
                "/shop/v1/me/addresses",
                Map.of(
                    "receiverName", "x", "phone", "13700001111", "province", "浙江省", "detail", "1"),
                400),
            wrong(
                "address with a phone of letters",
                shopper,
                "/shop/v1/me/addresses",
                Map.of(
                    "receiverName",
                    "x",
                    "phone",
                    "phone",
                    "province",
                    "浙江省",
                    "city",
                    "杭州市",
                    "detail",
                    "1"),
                400),
            wrong(
                "checkout of nothing",
                shopper,
                "/shop/v1/checkouts",
                Map.of("lines", List.of()),
                400),
            wrong(
                "checkout of a negative number",
                shopper,
                "/shop/v1/checkouts",
                Map.of("lines", List.of(Map.of("skuId", sku, "quantity", -1))),
                400),
            wrong(
                "checkout of an unknown SKU",
                shopper,
                "/shop/v1/checkouts",
                Map.of("lines", List.of(Map.of("skuId", NOBODY, "quantity", 1))),
                400,
                404,
                409,
                422),
            wrong(
                "trade to an address of somebody else",
                distributor,
                "/shop/v1/trades",
                Map.of("lines", List.of(Map.of("skuId", sku, "quantity", 1)), "addressId", NOBODY),
                404),
            wrong(
                "payment of a trade of somebody else",
                distributor,
                "/shop/v1/trades/" + scene.tradeId + "/payments",
                Map.of("provider", "WECHAT_PAY"),
                404),
            wrong(
                "payment of a trade already paid",
                shopper,
                "/shop/v1/trades/" + scene.tradeId + "/payments",
                Map.of("provider", "WECHAT_PAY"),
                409),
            wrong(
                "cancel of a trade already paid",
                shopper,
                "/shop/v1/trades/" + scene.tradeId + "/cancel",
                Map.of(),
                409),
            wrong(
                "receipt of an order not shipped",
                shopper,
                "/shop/v1/orders/" + orderId + "/receipt",
                Map.of(),
                409),
            wrong(
                "receipt of somebody else's order",
                distributor,
                "/shop/v1/orders/" + orderId + "/receipt",
                Map.of(),
                404),
            wrong(
                "return of more than was bought",
                shopper,
                "/shop/v1/orders/" + orderId + "/after-sale-cases",
                Map.of(
                    "orderLineId",
                    line,
                    "quantity",
                    999,
                    "kind",
                    "REFUND_ONLY",
                    "reasonCode",
                    "OTHER"),
                400,
                409),
            wrong(
                "case of an unknown kind",
                shopper,
                "/shop/v1/orders/" + orderId + "/after-sale-cases",
                Map.of("orderLineId", line, "quantity", 1, "kind", "GIFT", "reasonCode", "OTHER"),
                400),
            wrong(
                "apply with an unknown invite",
                shopper,
                "/partner/v1/applications",
                Map.of(
                    "inviteCode",
                    "NOSUCHCODE",
                    "displayName",
                    "x",
                    "realName",
                    "张三",
                    "phone",
                    "13700001111"),
                404),
            wrong(
                "share of an unknown channel",
                distributor,
                "/partner/v1/shares",
                Map.of("channel", "SMOKE", "target", Map.of("type", "SHOP")),
                400),
            wrong(
                "share by somebody who is no distributor",
                shopper,
                "/partner/v1/shares",
                Map.of("channel", "LINK", "target", Map.of("type", "SHOP")),
                403),
            wrong(
                "share of a product that is not there",
                distributor,
                "/partner/v1/shares",
                Map.of("channel", "LINK", "target", Map.of("type", "PRODUCT", "id", "nope")),
                409),
            wrong(
                "share of a chain, of which there are none",
                distributor,
                "/partner/v1/shares",
                Map.of("channel", "LINK", "target", Map.of("type", "CHAIN", "id", "c1")),
                409),
            wrong(
                "withdrawal of nothing",
                distributor,
                "/partner/v1/withdrawals",
                Map.of("amountFen", 0),
                400),
            wrong(
                "withdrawal of more than there is",
                distributor,
                "/partner/v1/withdrawals",
                Map.of("amountFen", 10_000),
                409),
            wrong(
                "rule that pays more than half",
                admin,
                "/admin/v1/commission-rules",
                rule(4000, 1500),
                400,
                409,
                422),
            wrong(
                "rule by a shopper",
                shopper,
                "/admin/v1/commission-rules",
                rule(100, 100),
                401,
                403),
            wrong(
                "parcel of more than was bought",
                brandAdmin,
                "/admin/v1/orders/" + orderId + "/parcels",
                Map.of(
                    "carrier",
                    "SF",
                    "trackingNumber",
                    "1",
                    "lines",
                    List.of(Map.of("orderLineId", line, "quantity", 999))),
                400,
                409),
            wrong(
                "parcel by another brand",
                scene.purchases.get(1).brand().api().token(),
                "/admin/v1/orders/" + orderId + "/parcels",
                Map.of("carrier", "SF", "trackingNumber", "1"),
                403,
                404),
            wrong(
                "approval of an unknown application",
                admin,
                "/admin/v1/applications/" + NOBODY + "/approve",
                Map.of(),
                404),
            wrong(
                "approval of an unknown withdrawal",
                scene.finance.token(),
                "/admin/v1/withdrawals/" + NOBODY + "/approve",
                Map.of(),
                404),
            wrong(
                "stock below zero",
                brandAdmin,
                "/admin/v1/stock/adjustments",
                Map.of("skuId", sku, "delta", -9_999_999, "reason", "x"),
                400,
                409),
            wrong(
                "clock that goes back",
                admin,
                "/admin/v1/clock/advance",
                Map.of("duration", "-P1D"),
                400),
            wrong(
                "an id that is none",
                shopper,
                "/shop/v1/orders/not-an-id/receipt",
                Map.of(),
                400,
                404))
        .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> refusedWithoutEffect(wrong)));
  }

  private static Wrong wrong(String name, String token, String path, Object body, int... statuses) {
    return new Wrong(name, token, path, body, statuses);
  }

  private Map<String, Object> rule(int direct, int upline) {
    return Map.of(
        "scope",
        Map.of("type", "PRODUCT", "id", scene.purchases.get(1).productId()),
        "brandCode",
        scene.purchases.get(1).brand().code(),
        "directBasisPoints",
        direct,
        "uplineBasisPoints",
        upline);
  }

  private void refusedWithoutEffect(Wrong wrong) {
    JsonNode before = everything();
    Integer[] statuses = java.util.Arrays.stream(wrong.statuses()).boxed().toArray(Integer[]::new);
    problem(call(wrong.token()).body(wrong.body()).post(wrong.path()).then())
        .statusCode(org.hamcrest.Matchers.in(statuses));
    assertEquals(before, everything(), "nothing changed");
  }

  @Test
  void aPostWithoutAKeyIsRefused() {
    problem(
            given()
                .baseUri(gateway)
                .auth()
                .oauth2(shopper)
                .contentType("application/json")
                .body(Map.of("lines", List.of()))
                .post("/shop/v1/trades")
                .then())
        .statusCode(400)
        .body("reason", org.hamcrest.Matchers.equalTo("IDEMPOTENCY_KEY_REQUIRED"));
  }

  @Test
  void violationsNameTheField() {
    problem(
            call(shopper)
                .body(
                    Map.of(
                        "receiverName",
                        "x",
                        "phone",
                        "13700001111",
                        "province",
                        "浙江省",
                        "detail",
                        "1"))
                .post("/shop/v1/me/addresses")
                .then())
        .body("violations.field", hasItem("city"));
  }

  @Test
  void brokenJsonAndUnknownPathsArePlainProblems() {
    problem(call(shopper).body("{\"lines\":").post("/shop/v1/trades").then()).statusCode(400);
    problem(call(shopper).get("/shop/v1/nothing-here").then()).statusCode(404);
    problem(given().baseUri(gateway).auth().oauth2("not.a.token").get("/shop/v1/me").then())
        .statusCode(401);
  }

  private RequestSpecification call(String token) {
    RequestSpecification call =
        given()
            .baseUri(gateway)
            .contentType("application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString());
    return token == null ? call : call.auth().oauth2(token);
  }

  private static ValidatableResponse problem(ValidatableResponse answer) {
    return answer
        .contentType("application/problem+json")
        .body("reason", matchesPattern("[A-Z][A-Z0-9_]*"))
        .body("title", not(emptyOrNullString()))
        .body("detail", not(emptyOrNullString()));
  }

  /** What the people of the story can see of it. */
  private JsonNode everything() {
    var all = Api.JSON.createObjectNode();
    all.set("trade", scene.shopper.api().get("/shop/v1/trades/" + scene.tradeId).ok());
    all.set("orders", scene.shopper.api().get("/shop/v1/orders").ok());
    all.set("addresses", scene.shopper.api().get("/shop/v1/me/addresses").ok());
    all.set("others", scene.bea.api().get("/shop/v1/orders").ok());
    all.set("withdrawals", scene.bea.api().get("/partner/v1/withdrawals").ok());
    all.set("balance", scene.bea.api().get("/partner/v1/balance").ok());
    all.set(
        "stock",
        scene
            .purchases
            .get(0)
            .brand()
            .api()
            .get("/admin/v1/stock/" + scene.purchases.get(0).skuId())
            .ok());
    all.set("rules", scene.platformAdmin.get("/admin/v1/commission-rules?pageSize=100").ok());
    all.set(
        "clock",
        ((com.fasterxml.jackson.databind.node.ObjectNode)
                scene.platformAdmin.get("/admin/v1/clock").ok())
            .without("now"));
    return all;
  }
}
