package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Bea shares a product; a shopper opens it, buys from two brands in one checkout, and pays. */
final class SellThroughAShare implements Chapter {
  @Override
  public String title() {
    return "贝贝分享商品，顾客下单付款";
  }

  @Override
  public void play(Scene scene) {
    place(scene);
    pay(scene);
  }

  /** Up to the placed trade. */
  static void place(Scene scene) {
    JsonNode touch = openShare(scene);
    String addressId = saveAddress(scene);
    placeTrade(scene, touch.path("touchId").asText(), addressId);
  }

  private static JsonNode openShare(Scene scene) {
    String productId = scene.purchases.get(0).productId();
    JsonNode share =
        scene
            .bea
            .api()
            .post(
                "/partner/v1/shares",
                Map.of("channel", "CARD", "target", Map.of("type", "PRODUCT", "id", productId)))
            .ok();
    int fans = fans(scene.bea.api().get("/partner/v1/fans").ok());
    JsonNode touch =
        scene
            .anonymous
            .post("/shop/v1/touches", Map.of("shareCode", share.path("shareCode").asText()))
            .ok();
    scene.shopper =
        RecruitDistributors.SignIn.byWeChat(
            scene,
            "小鹿",
            Map.of(
                "touchId",
                touch.path("touchId").asText(),
                "anonymousId",
                touch.path("anonymousId").asText()));
    // The opening is hers only now; until then it credits nobody.
    scene.await(
        "the shopper among the fans",
        () -> scene.bea.api().get("/partner/v1/fans"),
        page -> fans(page) > fans);
    scene.narrator.tell("小鹿打开分享码 %s，用微信登录", share.path("shareCode").asText());
    return touch;
  }

  private static int fans(JsonNode page) {
    return page.path("items").size();
  }

  private static String saveAddress(Scene scene) {
    return scene
        .shopper
        .api()
        .post(
            "/shop/v1/me/addresses",
            Map.of(
                "receiverName", "林小鹿",
                "phone", "13912345678",
                "province", "浙江省",
                "city", "杭州市",
                "district", "西湖区",
                "detail", "文三路 1 号 2 幢 301",
                "isDefault", true))
        .ok()
        .path("addressId")
        .asText();
  }

  private static void placeTrade(Scene scene, String touchId, String addressId) {
    List<Map<String, Object>> lines =
        scene.purchases.stream()
            .map(p -> Map.<String, Object>of("skuId", p.skuId(), "quantity", p.quantity()))
            .toList();
    Api shop = scene.shopper.api();
    Map<String, Object> request =
        new TreeMap<>(Map.of("lines", lines, "addressId", addressId, "touchId", touchId));
    JsonNode preview = shop.post("/shop/v1/checkouts", request).ok();
    request.put("priceToken", preview.path("priceToken").asText());
    String key = UUID.randomUUID().toString();
    JsonNode trade = shop.post("/shop/v1/trades", request, key).ok();
    JsonNode repeated = shop.post("/shop/v1/trades", request, key).ok();
    StoryFailure.expectEqual("trade of the repeated request", trade, repeated);
    StoryFailure.expectEqual("orders of the trade", 2, trade.path("orders").size());
    scene.tradeId = trade.path("tradeId").asText();
    scene.paidFen = trade.path("payableFen").asLong();
    StoryFailure.expectEqual(
        "payable",
        scene.purchases.stream().mapToLong(Scene.Purchase::baseFen).sum(),
        scene.paidFen);
    scene.purchases.replaceAll(purchase -> located(purchase, trade));
    scene.narrator.tell("一次结算，两个品牌两张订单，应付 %s；同一请求重发得到同一笔交易", Yuan.of(scene.paidFen));
  }

  private static Scene.Purchase located(Scene.Purchase purchase, JsonNode trade) {
    for (JsonNode order : trade.path("orders")) {
      for (JsonNode line : order.path("lines")) {
        if (line.path("skuId").asText().equals(purchase.skuId())) {
          return purchase.placed(order.path("orderId").asText(), line.path("orderLineId").asText());
        }
      }
    }
    throw new StoryFailure("no order line of " + purchase.title());
  }

  /** From the payment on. */
  static void pay(Scene scene) {
    JsonNode intent =
        scene
            .shopper
            .api()
            .post(
                "/shop/v1/trades/" + scene.tradeId + "/payments", Map.of("provider", "WECHAT_PAY"))
            .ok();
    Map<String, Object> parameters = new TreeMap<>();
    intent
        .path("clientParameters")
        .fields()
        .forEachRemaining(e -> parameters.put(e.getKey(), e.getValue().asText()));
    String number =
        scene.sandbox.post("/sandbox/wechat-pay/pay", parameters).ok().path("outTradeNo").asText();
    scene.await(
        "the payment",
        () -> scene.shopper.api().get("/shop/v1/trades/" + scene.tradeId),
        trade -> trade.path("state").asText().equals("PAID"));
    StoryFailure.expectEqual(
        "answer to the repeated notification", 2, notify(scene, number, "GENUINE") / 100);
    StoryFailure.expectEqual(
        "answer to the forged notification", 401, notify(scene, number, "FORGED"));
    scene.narrator.tell("已付款；微信支付通知来了两次，又来一次伪造的：只入账一次，伪造的被拒");
  }

  private static int notify(Scene scene, String number, String variety) {
    return scene
        .sandbox
        .post(
            "/sandbox/wechat-pay/notifications/send", Map.of("subject", number, "variety", variety))
        .ok()
        .path("status")
        .asInt();
  }
}
