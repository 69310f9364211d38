package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;

/** Every identity of money and stock over all data. */
final class Proof implements Chapter {
  private long ledgerDifferenceFen;
  private long stockDifference;

  @Override
  public String title() {
    return "对账";
  }

  @Override
  public void play(Scene scene) {
    JsonNode answer = scene.staff("finance").get("/admin/v1/reconciliation").ok();
    for (JsonNode check : answer.path("checks")) {
      long differences = check.path("differences").size();
      if (differences > 0) {
        scene.narrator.tell("差异：%s", check);
      }
      if (check.path("scope").asText().equals("catalog")) {
        stockDifference += differences;
      } else {
        ledgerDifferenceFen += differences;
      }
    }
    scene.narrator.tell(
        "%d 项恒等式，%s", answer.path("checks").size(), answer.path("ok").asBoolean() ? "零差异" : "有差异");
    StoryFailure.expectEqual("reconciliation", true, answer.path("ok").asBoolean());
  }

  long ledgerDifferenceFen() {
    return ledgerDifferenceFen;
  }

  long stockDifference() {
    return stockDifference;
  }
}
