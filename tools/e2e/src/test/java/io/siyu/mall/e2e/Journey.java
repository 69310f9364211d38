package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What journeys need before they begin: staff, goods, a distributor, a shopper, a placed trade. */
final class Journey {
  private final Scene scene;

  private Journey(Scene scene) {
    this.scene = scene;
  }

  static Journey on(Addresses addresses) {
    Narrator silent = new Narrator(new PrintStream(OutputStream.nullOutputStream()));
    Scene scene = new Scene(addresses, silent);
    new OpenTheShop().play(scene);
    return new Journey(scene);
  }

  Scene scene() {
    return scene;
  }

  Journey recruited() {
    new RecruitDistributors().play(scene);
    return this;
  }

  Scene.Person shopper(String name) {
    return RecruitDistributors.SignIn.byWeChat(scene, name, Map.of());
  }

  static String address(Scene.Person person) {
    return person
        .api()
        .post(
            "/shop/v1/me/addresses",
            Map.of(
                "receiverName", "陈大山",
                "phone", "13700001111",
                "province", "上海市",
                "city", "上海市",
                "district", "徐汇区",
                "detail", "衡山路 8 号"))
        .ok()
        .path("addressId")
        .asText();
  }

  static Map<String, Object> basket(String skuId, long quantity, String addressId) {
    return new TreeMap<>(
        Map.of(
            "lines",
            List.of(Map.of("skuId", skuId, "quantity", quantity)),
            "addressId",
            addressId));
  }

  /** Sets the pieces of a SKU that can be bought to exactly this number. */
  void setAvailable(Scene.Purchase goods, long wanted) {
    long available = available(goods);
    if (available != wanted) {
      goods
          .brand()
          .api()
          .post(
              "/admin/v1/stock/adjustments",
              Map.of("skuId", goods.skuId(), "delta", wanted - available, "reason", "盘点"))
          .ok();
    }
  }

  long available(Scene.Purchase goods) {
    JsonNode level = goods.brand().api().get("/admin/v1/stock/" + goods.skuId()).ok();
    return level.path("available").asLong();
  }
}
