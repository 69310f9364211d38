package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Two members of one person, both with history.
 *
 * @param holder whose the phone is
 * @param requester who proves to have it too
 * @param binding what they were answered
 */
record TwoMembers(Scene.Person holder, Scene.Person requester, JsonNode binding) {

  /** Both have an address; the second one binds the first one's phone. */
  static TwoMembers meet(Scene scene, Scene.Person holder, Scene.Person requester) {
    String phone = "137" + (10_000_000 + ThreadLocalRandom.current().nextInt(89_999_999));
    Journey.address(requester);
    bind(scene, holder, phone);
    return new TwoMembers(holder, requester, bind(scene, requester, phone));
  }

  String mergeRequestId() {
    return binding.path("mergeRequestId").asText();
  }

  private static JsonNode bind(Scene scene, Scene.Person person, String phone) {
    String code =
        scene
            .sandbox
            .post(
                "/sandbox/wechat/phone-codes", Map.of("persona", person.persona(), "phone", phone))
            .ok()
            .path("code")
            .asText();
    return person.api().post("/shop/v1/me/phone", Map.of("phoneCode", code)).ok();
  }
}
