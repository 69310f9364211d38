package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.ShopGoodsTest.fen;
import static io.siyu.mall.gateway.testing.Api.anonymous;
import static io.siyu.mall.gateway.testing.Api.member;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Refusals;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.membership.v1.GetMyOpenidResponse;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import io.siyu.mall.proto.order.v1.AfterSaleCase;
import io.siyu.mall.proto.order.v1.AfterSaleKind;
import io.siyu.mall.proto.order.v1.AfterSaleState;
import io.siyu.mall.proto.order.v1.AfterSalesGrpc;
import io.siyu.mall.proto.order.v1.CheckoutPreview;
import io.siyu.mall.proto.order.v1.CheckoutsGrpc;
import io.siyu.mall.proto.order.v1.ListOrdersResponse;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderLine;
import io.siyu.mall.proto.order.v1.OrderState;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.PaymentIntent;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import io.siyu.mall.proto.order.v1.PlaceTradeRequest;
import io.siyu.mall.proto.order.v1.PricedLine;
import io.siyu.mall.proto.order.v1.Provider;
import io.siyu.mall.proto.order.v1.Trade;
import io.siyu.mall.proto.order.v1.TradeState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@GatewayTest
class ShopTradeTest {

  private static final List<Map<String, Object>> LINES =
      List.of(Map.of("skuId", "s1", "quantity", 2));

  static Order order(OrderState state, long version) {
    return Order.newBuilder()
        .setOrderId("o1")
        .setOrderNo("2026112200001")
        .setTradeId("t1")
        .setState(state)
        .setVersion(version)
        .setPayable(fen(19800))
        .setPlacedAt(Timestamp.newBuilder().setSeconds(1_800_000_000L))
        .addLines(
            OrderLine.newBuilder()
                .setOrderLineId("l1")
                .setSkuId("s1")
                .setQuantity(2)
                .setPaid(fen(19800))
                .setAttribution(LineAttribution.newBuilder().setDistributorId("secret-d")))
        .build();
  }

  @Test
  void aPreviewPricesWithoutAKey() {
    services()
        .on(
            CheckoutsGrpc.getPreviewCheckoutMethod(),
            r ->
                CheckoutPreview.newBuilder()
                    .addLines(PricedLine.newBuilder().setSkuId("s1").setPayable(fen(19800)))
                    .setPayable(fen(19800))
                    .setPriceToken("pt")
                    .build());
    io.restassured.RestAssured.given()
        .contentType("application/json")
        .auth()
        .oauth2(Tokens.member())
        .body(Map.of("lines", LINES, "touchId", "to1"))
        .post("/shop/v1/checkouts")
        .then()
        .statusCode(200)
        .body("payableFen", equalTo(19800))
        .body("priceToken", equalTo("pt"));
    assertEquals("to1", services().request(CheckoutsGrpc.getPreviewCheckoutMethod()).getTouchId());
  }

  @Test
  void aTradeIsPlacedWithTheMembersAddressUnderTheClientsKey() {
    services()
        .on(
            MembersGrpc.getGetAddressMethod(),
            r ->
                Address.newBuilder()
                    .setAddressId(r.getAddressId())
                    .setReceiverName("林小鹿")
                    .setPhone("13912345678")
                    .setProvince("浙江省")
                    .setCity("杭州市")
                    .setDetail("文三路")
                    .build());
    services()
        .on(
            CheckoutsGrpc.getPlaceTradeMethod(),
            r ->
                Trade.newBuilder()
                    .setTradeId("t1")
                    .setState(TradeState.TRADE_PENDING_PAYMENT)
                    .setPayable(fen(19800))
                    .addOrders(order(OrderState.PENDING_PAYMENT, 1))
                    .setExpiresAt(Timestamp.newBuilder().setSeconds(1_800_001_800L))
                    .build());
    String token = Tokens.member("m1");
    String body =
        io.restassured.RestAssured.given()
            .contentType("application/json")
            .header("Idempotency-Key", "key-of-the-client-1")
            .auth()
            .oauth2(token)
            .body(Map.of("lines", LINES, "addressId", "a1", "touchId", "to1", "priceToken", "pt"))
            .post("/shop/v1/trades")
            .then()
            .statusCode(201)
            .body("tradeId", equalTo("t1"))
            .body("state", equalTo("PENDING_PAYMENT"))
            .body("payableFen", equalTo(19800))
            .body("orders[0].lines[0].paidFen", equalTo(19800))
            .body("orders[0].placedAt", equalTo("2027-01-15T08:00:00Z"))
            .body("expiresAt", equalTo("2027-01-15T08:30:00Z"))
            .extract()
            .asString();
    assertTrue(!body.contains("secret-d") && !body.contains("ttribution"), body);
    PlaceTradeRequest request = services().request(CheckoutsGrpc.getPlaceTradeMethod());
    assertEquals("key-of-the-client-1", request.getRequestId());
    assertEquals("林小鹿", request.getAddress().getReceiverName());
    assertEquals("pt", request.getPriceToken());
    assertEquals(2, request.getLines(0).getQuantity());
    services()
        .calls()
        .forEach(call -> assertEquals("Bearer " + token, call.authorization(), call.method()));
    services()
        .calls()
        .forEach(call -> assertTrue(call.deadlineMillis() > 0 && call.deadlineMillis() <= 5000));
  }

  @Test
  void nothingIsPlacedForAnAddressThatIsNotTheMembers() {
    services()
        .on(
            MembersGrpc.getGetAddressMethod(),
            r -> {
              throw Refusals.of(Status.Code.NOT_FOUND, "ADDRESS_UNKNOWN", "no such address");
            });
    problem(
        member().body(Map.of("lines", LINES, "addressId", "a1")).post("/shop/v1/trades").then(),
        404,
        "ADDRESS_UNKNOWN");
    assertEquals(0, services().calls(CheckoutsGrpc.getPlaceTradeMethod()).size());
  }

  @Test
  void wrongBasketsAreRefusedHere() {
    problem(
            member()
                .body(
                    Map.of(
                        "lines", List.of(Map.of("skuId", "s1", "quantity", -1)), "addressId", "a1"))
                .post("/shop/v1/trades")
                .then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations.field", hasItem("lines[0].quantity"));
    problem(
            member().body(Map.of("lines", List.of())).post("/shop/v1/trades").then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations.field", hasItem("lines"))
        .body("violations.field", hasItem("addressId"));
    problem(
            member()
                .body("{\"lines\":[{\"skuId\":\"s1\",\"quantity\":1.5}],\"addressId\":\"a\"}")
                .post("/shop/v1/trades")
                .then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations[0].field", equalTo("lines[0].quantity"));
    problem(
        member()
            .body("{\"lines\":[{\"skuId\":\"s1\",\"quantity\":\"2\"}],\"addressId\":\"a\"}")
            .post("/shop/v1/trades")
            .then(),
        400,
        "INVALID_ARGUMENT");
    problem(
        member().body("{\"lines\":[null],\"addressId\":\"a\"}").post("/shop/v1/trades").then(),
        400,
        "INVALID_ARGUMENT");
    assertEquals(0, services().calls().size());
  }

  @Test
  void whatTheServiceRefusesIsTold() {
    services()
        .on(
            CheckoutsGrpc.getPlaceTradeMethod(),
            r -> {
              throw Refusals.of(
                  Status.Code.FAILED_PRECONDITION, "OUT_OF_STOCK", "sku s1 has 1 left");
            });
    problem(
            member().body(Map.of("lines", LINES, "addressId", "a1")).post("/shop/v1/trades").then(),
            409,
            "OUT_OF_STOCK")
        .body("detail", containsString("库存不足"))
        .body("detail", containsString("s1"));
  }

  @Test
  void aPaymentIsStartedWithTheMembersOpenid() {
    services()
        .on(
            MembersGrpc.getGetMyOpenidMethod(),
            r -> GetMyOpenidResponse.newBuilder().setOpenid("oid").build());
    services()
        .on(
            PaymentsGrpc.getStartPaymentMethod(),
            r ->
                PaymentIntent.newBuilder()
                    .setPaymentId("p1")
                    .putClientParameters("package", "prepay_id=1")
                    .build());
    member()
        .body(Map.of("provider", "WECHAT_PAY"))
        .post("/shop/v1/trades/t1/payments")
        .then()
        .statusCode(201)
        .body("clientParameters.package", equalTo("prepay_id=1"));
    var request = services().request(PaymentsGrpc.getStartPaymentMethod());
    assertEquals("oid", request.getOpenid());
    assertEquals("t1", request.getTradeId());
    assertEquals(Provider.WECHAT_PAY, request.getProvider());
    member().post("/shop/v1/trades/t1/payments/sync").then().statusCode(200);
  }

  @Test
  void tradesAreReadAndCancelled() {
    services()
        .on(
            CheckoutsGrpc.getGetTradeMethod(),
            r ->
                Trade.newBuilder()
                    .setTradeId(r.getTradeId())
                    .setState(TradeState.TRADE_PAID)
                    .build());
    member().get("/shop/v1/trades/t9").then().body("state", equalTo("PAID"));
    member().post("/shop/v1/trades/t9/cancel").then().statusCode(200);
    member().body(Map.of("reason", "买错了")).post("/shop/v1/trades/t9/cancel").then().statusCode(200);
    var calls = services().calls(CheckoutsGrpc.getCancelTradeMethod());
    assertTrue(calls.get(1).request().toString().contains("reason"));
  }

  @Test
  void ordersAreListedReadAndReceived() {
    services()
        .on(
            OrdersGrpc.getListOrdersMethod(),
            r ->
                ListOrdersResponse.newBuilder()
                    .addOrders(order(OrderState.SHIPPED, 3))
                    .setNextPageToken("n")
                    .build());
    member()
        .get("/shop/v1/orders?state=SHIPPED&pageSize=5")
        .then()
        .statusCode(200)
        .body("items.state", contains("SHIPPED"))
        .body("nextPageToken", equalTo("n"));
    assertEquals(
        OrderState.SHIPPED, services().request(OrdersGrpc.getListOrdersMethod()).getState());
    services().on(OrdersGrpc.getGetOrderMethod(), r -> order(OrderState.PAID, 2));
    member().get("/shop/v1/orders/o1").then().body("orderNo", equalTo("2026112200001"));
    services().on(OrdersGrpc.getConfirmReceiptMethod(), r -> order(OrderState.RECEIVED, 4));
    member().post("/shop/v1/orders/o1/receipt").then().body("state", equalTo("RECEIVED"));
    problem(member().get("/shop/v1/orders?state=LOST").then(), 400, "INVALID_PARAMETER");
  }

  @Test
  void afterSaleCasesAreOpenedAndFollowed() {
    services()
        .on(
            AfterSalesGrpc.getOpenCaseMethod(),
            r ->
                AfterSaleCase.newBuilder()
                    .setCaseId("c1")
                    .setKind(r.getKind())
                    .setState(AfterSaleState.APPLIED)
                    .setRefundAmount(fen(9900))
                    .build());
    member()
        .body(
            Map.of(
                "orderLineId", "l1",
                "quantity", 1,
                "kind", "RETURN_REFUND",
                "reasonCode", "NOT_AS_EXPECTED",
                "pictures", List.of("https://img.example/1.jpg")))
        .post("/shop/v1/orders/o1/after-sale-cases")
        .then()
        .statusCode(201)
        .body("refundFen", equalTo(9900))
        .body("state", equalTo("APPLIED"))
        .body("kind", equalTo("RETURN_REFUND"));
    var opened = services().request(AfterSalesGrpc.getOpenCaseMethod());
    assertEquals("o1", opened.getOrderId());
    assertEquals(AfterSaleKind.RETURN_REFUND, opened.getKind());
    services()
        .on(
            AfterSalesGrpc.getGetCaseMethod(),
            r -> AfterSaleCase.newBuilder().setState(AfterSaleState.CASE_COMPLETED).build());
    member().get("/shop/v1/after-sale-cases/c1").then().body("state", equalTo("COMPLETED"));
    member().get("/shop/v1/after-sale-cases?state=CLOSED").then().statusCode(200);
    assertEquals(
        AfterSaleState.CASE_CLOSED,
        services().request(AfterSalesGrpc.getListCasesMethod()).getState());
    member().post("/shop/v1/after-sale-cases/c1/cancel").then().statusCode(200);
    member()
        .body(Map.of("carrier", "SF", "trackingNumber", "SF1"))
        .post("/shop/v1/after-sale-cases/c1/return-parcel")
        .then()
        .statusCode(200);
    member()
        .body(Map.of("note", "不同意"))
        .post("/shop/v1/after-sale-cases/c1/escalate")
        .then()
        .statusCode(200);
    problem(
        member()
            .body(Map.of("orderLineId", "l1", "quantity", 1, "kind", "GIFT", "reasonCode", "X"))
            .post("/shop/v1/orders/o1/after-sale-cases")
            .then(),
        400,
        "INVALID_ARGUMENT");
  }

  @Test
  void theFormatOfTheKeyIsChecked() {
    String token = Tokens.member();
    Map<String, Object> body = Map.of("lines", LINES, "addressId", "a1");
    problem(
        io.restassured.RestAssured.given()
            .contentType("application/json")
            .auth()
            .oauth2(token)
            .body(body)
            .post("/shop/v1/trades")
            .then(),
        400,
        "IDEMPOTENCY_KEY_REQUIRED");
    for (String key : List.of("short", "x".repeat(65), "with space in it")) {
      problem(
          io.restassured.RestAssured.given()
              .contentType("application/json")
              .auth()
              .oauth2(token)
              .header("Idempotency-Key", key)
              .body(body)
              .post("/shop/v1/trades")
              .then(),
          400,
          "IDEMPOTENCY_KEY_INVALID");
    }
    assertEquals(0, services().calls().size());
    anonymous().get("/shop/v1/brands").then().statusCode(not(equalTo(400)));
  }
}
