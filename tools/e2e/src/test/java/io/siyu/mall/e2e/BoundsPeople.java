package io.siyu.mall.e2e;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** People for {@link BoundsGround}: who applies, who sells, who has just signed in. */
final class BoundsPeople {

  private final Journey journey;
  private final Scene scene;

  BoundsPeople(Journey journey) {
    this.journey = journey;
    this.scene = journey.scene();
  }

  String invite() {
    return scene
        .platformAdmin
        .post("/admin/v1/invites", Map.of("uses", 1))
        .ok()
        .path("inviteCode")
        .asText();
  }

  String apply() {
    String phone = "139" + (10_000_000 + ThreadLocalRandom.current().nextInt(89_999_999));
    return journey
        .shopper("新人")
        .api()
        .post(
            "/partner/v1/applications",
            Map.of("inviteCode", invite(), "displayName", "新人", "realName", "王新人", "phone", phone))
        .ok()
        .path("distributorId")
        .asText();
  }

  String recruit() {
    String id = apply();
    scene.platformAdmin.post("/admin/v1/applications/" + id + "/approve", Map.of()).ok();
    return id;
  }

  /**
   * Asks for the seller's correction.
   *
   * @param before the last one, which may still be open: there is one at a time; null: none
   */
  String correctName(String before) {
    if (before != null) {
      scene.platformAdmin.post(
          "/admin/v1/name-corrections/" + before + "/reject", Map.of("reason", "另有一份"));
    }
    return scene
        .bea
        .api()
        .post("/partner/v1/name-corrections", Map.of("realName", "贝新名", "reason", "改名"))
        .ok()
        .path("correctionId")
        .asText();
  }

  String claim() {
    long number = ThreadLocalRandom.current().nextLong(1_000_000_000_000_000L, Long.MAX_VALUE);
    return scene
        .bea
        .api()
        .post("/partner/v1/cps/claims", Map.of("platform", "TAOBAO", "orderNo", "" + number))
        .ok()
        .path("claimId")
        .asText();
  }

  String code(String kind, String persona) {
    return scene
        .sandbox
        .post("/sandbox/wechat/" + kind, Map.of("persona", persona))
        .ok()
        .path("code")
        .asText();
  }

  /** Of somebody who has just signed in. */
  String refreshToken() {
    return scene
        .anonymous
        .post(
            "/shop/v1/sessions",
            Map.of("provider", "WECHAT_MINI", "code", code("codes", "尺寸-" + UUID.randomUUID())))
        .ok()
        .path("refreshToken")
        .asText();
  }
}
