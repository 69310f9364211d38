package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Both brands ship, one in two parcels; the shopper confirms, returns one unit and is refunded. */
final class ShipAndReturn implements Chapter {
  @Override
  public String title() {
    return "发货、收货、退货一件";
  }

  @Override
  public void play(Scene scene) {
    Scene.Purchase big = scene.purchases.get(0);
    Scene.Purchase small = scene.purchases.get(1);
    ship(big, big.quantity() - 1, "SF1000000001", "PARTIALLY_SHIPPED");
    ship(big, 1, "SF1000000002", "SHIPPED");
    ship(small, small.quantity(), "YT2000000001", "SHIPPED");
    scene.narrator.tell("「%s」分两个包裹发出，「%s」一个", big.brand().name(), small.brand().name());
    for (Scene.Purchase purchase : scene.purchases) {
      JsonNode order =
          scene
              .shopper
              .api()
              .post("/shop/v1/orders/" + purchase.orderId() + "/receipt", Map.of())
              .ok();
      StoryFailure.expectEqual("state after receipt", "RECEIVED", order.path("state").asText());
    }
    scene.narrator.tell("小鹿确认收货，佣金转入冻结，等售后期过");
    long refunded = returnOne(scene, big);
    scene.refundedFen += refunded;
    scene.narrator.tell("退货一件，退回 %s；两级佣金按比例回冲", Yuan.of(refunded));
  }

  private static void ship(
      Scene.Purchase purchase, long quantity, String number, String stateAfter) {
    JsonNode order =
        purchase
            .brand()
            .api()
            .post(
                "/admin/v1/orders/" + purchase.orderId() + "/parcels",
                Map.of(
                    "carrier",
                    "SF",
                    "trackingNumber",
                    number,
                    "lines",
                    List.of(Map.of("orderLineId", purchase.orderLineId(), "quantity", quantity))))
            .ok();
    StoryFailure.expectEqual("state after shipping", stateAfter, order.path("state").asText());
  }

  private static long returnOne(Scene scene, Scene.Purchase purchase) {
    Api shopper = scene.shopper.api();
    Api brand = purchase.brand().api();
    String id =
        shopper
            .post(
                "/shop/v1/orders/" + purchase.orderId() + "/after-sale-cases",
                Map.of(
                    "orderLineId", purchase.orderLineId(),
                    "quantity", 1,
                    "kind", "RETURN_REFUND",
                    "reasonCode", "NOT_AS_EXPECTED",
                    "note", "颜色不喜欢"))
            .ok()
            .path("caseId")
            .asText();
    brand.post("/admin/v1/after-sale-cases/" + id + "/approve", Map.of("note", "同意退货")).ok();
    shopper
        .post(
            "/shop/v1/after-sale-cases/" + id + "/return-parcel",
            Map.of("carrier", "SF", "trackingNumber", "SF9000000001"))
        .ok();
    brand.post("/admin/v1/after-sale-cases/" + id + "/receive", Map.of("restock", true)).ok();
    JsonNode done =
        scene.await(
            "the refund",
            () -> shopper.get("/shop/v1/after-sale-cases/" + id),
            c -> c.path("state").asText().equals("COMPLETED"));
    StoryFailure.expectEqual(
        "refund of one unit", purchase.unitFen(), done.path("refundFen").asLong());
    return done.path("refundFen").asLong();
  }
}
