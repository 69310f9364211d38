package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Orders and cases in whatever state an operation wants them, under {@link BoundsGround}'s ids. */
final class BoundsOrders {

  private final Scene scene;
  private final Api shopper;
  private final Map<String, String> ids;
  private final Supplier<String> skus;

  /**
   * @param ids where the newest trade, order, line and case are told
   * @param skus something that can be bought, another one each time
   */
  BoundsOrders(Scene scene, Api shopper, Map<String, String> ids, Supplier<String> skus) {
    this.scene = scene;
    this.shopper = shopper;
    this.ids = ids;
    this.skus = skus;
  }

  void trade() {
    JsonNode trade = shop("/trades", Journey.basket(skus.get(), 1, ids.get("addressId")));
    ids.put("tradeId", trade.path("tradeId").asText());
    JsonNode order = trade.path("orders").get(0);
    ids.put("orderId", order.path("orderId").asText());
    ids.put("orderLineId", order.path("lines").get(0).path("orderLineId").asText());
  }

  void paidOrder() {
    trade();
    JsonNode intent =
        shop("/trades/" + ids.get("tradeId") + "/payments", Map.of("provider", "WECHAT_PAY"));
    Map<String, Object> told = new TreeMap<>();
    intent
        .path("clientParameters")
        .fields()
        .forEachRemaining(e -> told.put(e.getKey(), e.getValue().asText()));
    scene.sandbox.post("/sandbox/wechat-pay/pay", told).ok();
    scene.await(
        "the payment",
        () -> shopper.get("/shop/v1/trades/" + ids.get("tradeId")),
        trade -> trade.path("state").asText().equals("PAID"));
  }

  private void ship() {
    staff(
        "/orders/" + ids.get("orderId") + "/parcels",
        Map.of("carrier", "顺丰", "trackingNumber", "SF" + System.nanoTime()));
  }

  /** A parcel of an order that is on its way; the order is then the newest. */
  String parcel() {
    paidOrder();
    ship();
    return scene
        .platformAdmin
        .get("/admin/v1/orders/" + ids.get("orderId"))
        .ok()
        .path("parcels")
        .get(0)
        .path("parcelId")
        .asText();
  }

  void openCase(String kind) {
    paidOrder();
    if (kind.equals("RETURN_REFUND")) {
      ship();
      shop("/orders/" + ids.get("orderId") + "/receipt", Map.of());
    }
    JsonNode opened =
        shop(
            "/orders/" + ids.get("orderId") + "/after-sale-cases",
            Map.of(
                "orderLineId",
                ids.get("orderLineId"),
                "quantity",
                1,
                "kind",
                kind,
                "reasonCode",
                "NOT_AS_EXPECTED"));
    ids.put("caseId", opened.path("caseId").asText());
  }

  void rejectedCase() {
    openCase("REFUND_ONLY");
    staff("/after-sale-cases/" + ids.get("caseId") + "/reject", Map.of("reason", "无理由"));
  }

  void approvedReturn() {
    openCase("RETURN_REFUND");
    staff("/after-sale-cases/" + ids.get("caseId") + "/approve", Map.of("note", "同意"));
  }

  void escalatedCase() {
    rejectedCase();
    shop("/after-sale-cases/" + ids.get("caseId") + "/escalate", Map.of("note", "不服"));
  }

  void returningCase() {
    approvedReturn();
    shop(
        "/after-sale-cases/" + ids.get("caseId") + "/return-parcel",
        Map.of("carrier", "顺丰", "trackingNumber", "SF" + System.nanoTime()));
  }

  void shippedOrder() {
    paidOrder();
    ship();
  }

  private JsonNode staff(String path, Map<String, ?> body) {
    return scene.platformAdmin.post("/admin/v1" + path, body).ok();
  }

  private JsonNode shop(String path, Map<String, ?> body) {
    return shopper.post("/shop/v1" + path, body).ok();
  }
}
