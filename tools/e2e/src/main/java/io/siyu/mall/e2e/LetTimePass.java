package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The after-sale window passes; commissions become available; Bea withdraws, less tax; then one
 * more refund makes a debt.
 */
final class LetTimePass implements Chapter {
  @Override
  public String title() {
    return "时间过去：佣金可提现，扣税打款，打款后再退一件";
  }

  @Override
  public void play(Scene scene) {
    scene.platformAdmin.post("/admin/v1/clock/advance", Map.of("duration", "P8D")).ok();
    long available = awaitAvailable(scene);
    scene.narrator.tell("八天过去，售后期满：贝贝可提现 %s", Yuan.of(available));
    withdraw(scene, available);
    refundAfterPayout(scene);
  }

  private static long awaitAvailable(Scene scene) {
    JsonNode balance =
        scene.await(
            "available commission",
            () -> scene.bea.api().get("/partner/v1/balance"),
            b ->
                b.path("availableFen").asLong() > 0
                    && b.path("pendingFen").asLong() == 0
                    && b.path("frozenFen").asLong() == 0);
    return balance.path("availableFen").asLong();
  }

  private static void withdraw(Scene scene, long amount) {
    Api bea = scene.bea.api();
    bea.post("/partner/v1/withdrawals", Map.of("amountFen", amount + 1))
        .refused(409, "INSUFFICIENT_AVAILABLE");
    String id =
        bea.post("/partner/v1/withdrawals", Map.of("amountFen", amount))
            .ok()
            .path("withdrawalId")
            .asText();
    scene.finance.post("/admin/v1/withdrawals/" + id + "/approve", Map.of()).ok();
    JsonNode paying =
        scene.await(
            "the transfer",
            () -> bea.get("/partner/v1/withdrawals/" + id),
            w -> !w.path("packageInfo").asText("").isEmpty());
    scene
        .sandbox
        .post(
            "/sandbox/wechat-pay/transfers/" + paying.path("billNo").asText() + "/confirm",
            Map.of("packageInfo", paying.path("packageInfo").asText()))
        .ok();
    JsonNode paid =
        scene.await(
            "the payout",
            () -> bea.get("/partner/v1/withdrawals/" + id),
            w -> w.path("state").asText().equals("PAID"));
    if (paid.path("taxFen").asLong() <= 0) {
      throw new StoryFailure("no tax was withheld: " + paid);
    }
    scene.narrator.tell(
        "贝贝提现 %s，代扣税 %s，到账 %s",
        Yuan.of(amount),
        Yuan.of(paid.path("taxFen").asLong()),
        Yuan.of(paid.path("netFen").asLong()));
  }

  private static void refundAfterPayout(Scene scene) {
    Scene.Purchase small = scene.purchases.get(1);
    Api brand = small.brand().api();
    String id =
        brand
            .post(
                "/admin/v1/orders/" + small.orderId() + "/after-sale-cases",
                Map.of(
                    "orderLineId", small.orderLineId(),
                    "quantity", 1,
                    "kind", "REFUND_ONLY",
                    "reasonCode", "GOODWILL",
                    "note", "售后期后的善意退款"))
            .ok()
            .path("caseId")
            .asText();
    JsonNode done =
        scene.await(
            "the late refund",
            () -> brand.get("/admin/v1/after-sale-cases/" + id),
            c -> c.path("state").asText().equals("COMPLETED"));
    scene.refundedFen += done.path("refundFen").asLong();
    JsonNode balance =
        scene.await(
            "the debt",
            () -> scene.bea.api().get("/partner/v1/balance"),
            b -> b.path("debtFen").asLong() > 0);
    scene.narrator.tell(
        "打款后又退 %s：贝贝已提走的部分成为欠款 %s，下次收入先抵",
        Yuan.of(done.path("refundFen").asLong()), Yuan.of(balance.path("debtFen").asLong()));
  }
}
