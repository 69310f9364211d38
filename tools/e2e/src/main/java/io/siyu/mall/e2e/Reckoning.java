package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Who earned what of the brands' goods, and why; growth and fans. */
final class Reckoning implements Chapter {
  private final List<StoryResult.CommissionRow> rows = new ArrayList<>();

  @Override
  public String title() {
    return "清点：谁赚了多少，为什么";
  }

  @Override
  public void play(Scene scene) {
    growthRose(scene);
    oneEffectiveFan(scene);
    reckon(scene, scene.bea, "DIRECT");
    reckon(scene, scene.ann, "UPLINE");
  }

  List<StoryResult.CommissionRow> rows() {
    return rows;
  }

  private static void growthRose(Scene scene) {
    long net = (scene.paidFen - scene.refundedFen) / 100;
    JsonNode growth =
        scene.await(
            "the shopper's growth",
            () -> scene.shopper.api().get("/shop/v1/me/growth"),
            g -> Math.abs(g.path("growthValue").asLong() - net) <= scene.purchases.size());
    if (growth.path("level").asInt() <= 1) {
      throw new StoryFailure("the level did not rise: " + growth);
    }
    scene.narrator.tell(
        "小鹿成长值 %d，等级 %s", growth.path("growthValue").asLong(), growth.path("levelName").asText());
  }

  private static void oneEffectiveFan(Scene scene) {
    JsonNode fans = scene.bea.api().get("/partner/v1/fans").ok();
    StoryFailure.expectEqual("effective fans of Bea", 1L, fans.path("effectiveFans").asLong());
    scene.narrator.tell("贝贝有 1 位有效粉丝");
  }

  /** Computes what the person must have earned from the goods alone, and holds the ledger to it. */
  private void reckon(Scene scene, Scene.Person person, String level) {
    long earned = 0;
    long reversed = 0;
    for (Scene.Purchase purchase : scene.purchases) {
      int rate =
          level.equals("DIRECT") ? purchase.directBasisPoints() : purchase.uplineBasisPoints();
      long commission = purchase.baseFen() * rate / 10_000;
      earned += commission;
      reversed += commission * purchase.unitFen() / purchase.baseFen();
    }
    long bookedEarned = 0;
    long bookedReversed = 0;
    for (JsonNode commission :
        person.api().get("/partner/v1/commissions?pageSize=100").ok().path("items")) {
      StoryFailure.expectEqual(
          "level of " + person.name(), level, commission.path("level").asText());
      bookedEarned += commission.path("earnedFen").asLong();
      bookedReversed += commission.path("reversedFen").asLong();
      why(scene, person, commission.path("commissionId").asText());
    }
    StoryFailure.expectEqual("earned by " + person.name(), earned, bookedEarned);
    StoryFailure.expectEqual("reversed of " + person.name(), reversed, bookedReversed);
    JsonNode balance = person.api().get("/partner/v1/balance").ok();
    rows.add(
        new StoryResult.CommissionRow(
            person.name(),
            level,
            "OWN",
            bookedEarned,
            bookedReversed,
            balance.path("availableFen").asLong(),
            balance.path("paidFen").asLong(),
            balance.path("taxWithheldFen").asLong(),
            balance.path("debtFen").asLong()));
  }

  private static void why(Scene scene, Scene.Person person, String commissionId) {
    JsonNode why = person.api().get("/partner/v1/commissions/" + commissionId + "/why").ok();
    if (why.path("sentences").isEmpty()) {
      throw new StoryFailure("no reason is given for commission " + commissionId);
    }
    scene.narrator.tell("%s：", person.name());
    why.path("sentences").forEach(sentence -> scene.narrator.tell("    %s", sentence.asText()));
  }
}
