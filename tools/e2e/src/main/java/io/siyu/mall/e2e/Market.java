package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** An open shop for load: goods in stock, rules, a distributor with a share, and staff who look. */
public final class Market {
  private final Scene scene;
  private final String shareCode;

  private Market(Scene scene, String shareCode) {
    this.scene = scene;
    this.shareCode = shareCode;
  }

  /**
   * Opens it.
   *
   * @param pieces of each product that are added to its stock
   */
  public static Market open(Addresses addresses, long pieces) {
    Scene scene =
        new Scene(addresses, new Narrator(new PrintStream(OutputStream.nullOutputStream())));
    new OpenTheShop().play(scene);
    new RecruitDistributors().play(scene);
    for (Scene.Purchase goods : scene.purchases) {
      goods
          .brand()
          .api()
          .post(
              "/admin/v1/stock/adjustments",
              Map.of("skuId", goods.skuId(), "delta", pieces, "reason", "补货"))
          .ok();
    }
    String code =
        scene
            .bea
            .api()
            .post(
                "/partner/v1/shares", Map.of("channel", "GROUP", "target", Map.of("type", "SHOP")))
            .ok()
            .path("shareCode")
            .asText();
    return new Market(scene, code);
  }

  /** What is for sale. */
  public List<String> skus() {
    return scene.purchases.stream().map(Scene.Purchase::skuId).toList();
  }

  /** The distributor's share of the whole shop. */
  public String shareCode() {
    return shareCode;
  }

  /** Bearer tokens of a shopper, a distributor, and staff of every kind. */
  public List<String> tokens() {
    return List.of(
        RecruitDistributors.SignIn.byWeChat(scene, "小鹿", Map.of()).api().token(),
        scene.bea.api().token(),
        scene.platformAdmin.token(),
        scene.finance.token(),
        scene.staff("auditor").token(),
        scene.staff("mentor").token(),
        scene.brands.get(0).api().token());
  }

  /** Events that a subscriber refused. */
  public int parkedEvents() {
    return scene
        .staff("platform-admin")
        .get("/admin/v1/events/parked?pageSize=100")
        .ok()
        .path("items")
        .size();
  }

  /** Every identity of money and stock. */
  public JsonNode reconciliation() {
    return scene.staff("finance").get("/admin/v1/reconciliation").ok();
  }
}
