package io.siyu.mall.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody who became two members, by two WeChat accounts with one phone, is one again. */
@ExtendWith(RunningPlatform.class)
class MergeJourneyTest {

  @Test
  void ordersGrowthAndSignInFollowWhoeverGoesOn(Addresses addresses) {
    Journey journey = Journey.on(addresses).recruited();
    Scene scene = journey.scene();
    SellThroughAShare.place(scene);
    SellThroughAShare.pay(scene);
    TwoMembers two = TwoMembers.meet(scene, scene.shopper, journey.shopper("另一个我"));
    assertEquals("MERGE_REQUESTED", two.binding().path("outcome").asText());

    scene
        .platformAdmin
        .post(
            "/admin/v1/member-merges/" + two.mergeRequestId() + "/confirm",
            Map.of("survivorMemberId", two.requester().memberId(), "reason", "电话核实为同一人"))
        .ok();

    two.holder().api().get("/shop/v1/me").refused(401, "MEMBER_MERGED");
    for (Scene.Person one : new Scene.Person[] {two.holder(), two.requester()}) {
      JsonNode session = signIn(scene, one);
      assertEquals(
          two.requester().memberId(), session.path("member").path("memberId").asText(), one.name());
      Api again = scene.anonymous.as(session.path("accessToken").asText());
      String orderId = scene.purchases.get(0).orderId();
      assertEquals(orderId, again.get("/shop/v1/orders/" + orderId).ok().path("orderId").asText());
      assertTrue(
          again.get("/shop/v1/orders").ok().path("items").size() >= 1, "their orders are listed");
    }
    scene.await(
        "books without a difference",
        () -> scene.finance.get("/admin/v1/reconciliation"),
        answer -> answer.path("ok").asBoolean());
  }

  private static JsonNode signIn(Scene scene, Scene.Person person) {
    String code =
        scene
            .sandbox
            .post("/sandbox/wechat/codes", Map.of("persona", person.persona()))
            .ok()
            .path("code")
            .asText();
    return scene
        .anonymous
        .post("/shop/v1/sessions", Map.of("provider", "WECHAT_MINI", "code", code))
        .ok();
  }
}
