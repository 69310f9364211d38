package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Staff invite Ann; Ann invites Bea; both are approved, Bea with Ann as her upline. */
final class RecruitDistributors implements Chapter {
  @Override
  public String title() {
    return "邀请店主：品牌邀请安安，安安邀请贝贝";
  }

  @Override
  public void play(Scene scene) {
    String brandInvite =
        scene
            .platformAdmin
            .post("/admin/v1/invites", Map.of("uses", 1))
            .ok()
            .path("inviteCode")
            .asText();
    scene.ann = recruit(scene, "安安", brandInvite);
    String annsInvite =
        scene
            .ann
            .api()
            .post("/partner/v1/invites", Map.of("uses", 1))
            .ok()
            .path("inviteCode")
            .asText();
    scene.bea = recruit(scene, "贝贝", annsInvite);
    JsonNode bea = scene.bea.api().get("/partner/v1/me").ok();
    StoryFailure.expectEqual(
        "upline of Bea", scene.ann.distributorId(), bea.path("uplineId").asText());
    scene.narrator.tell("贝贝的上级是安安；没有邀请码不能加入，没有入门费，也没有人头奖励");
  }

  private static Scene.Person recruit(Scene scene, String name, String inviteCode) {
    Scene.Person person = SignIn.byWeChat(scene, name, Map.of());
    // Tax is counted per person and year, so everybody in every run is somebody new.
    String phone = "138" + (10_000_000 + ThreadLocalRandom.current().nextInt(89_999_999));
    person
        .api()
        .post(
            "/partner/v1/applications",
            Map.of(
                "inviteCode",
                "NOSUCHCODE",
                "displayName",
                name,
                "realName",
                "王小" + name,
                "phone",
                phone))
        .refused(404, "INVITE_UNKNOWN");
    String id =
        person
            .api()
            .post(
                "/partner/v1/applications",
                Map.of(
                    "inviteCode",
                    inviteCode,
                    "displayName",
                    name,
                    "realName",
                    "王小" + name,
                    "phone",
                    phone))
            .ok()
            .path("distributorId")
            .asText();
    String state =
        scene
            .platformAdmin
            .post("/admin/v1/applications/" + id + "/approve", Map.of())
            .ok()
            .path("state")
            .asText();
    StoryFailure.expectEqual("state of " + name, "ACTIVE", state);
    scene.narrator.tell("%s 用微信登录、申请、获批", name);
    return person.asDistributor(id);
  }

  /** Signing in as the mini-program does: a code of the client, exchanged for a session. */
  static final class SignIn {
    private SignIn() {}

    static Scene.Person byWeChat(Scene scene, String name, Map<String, String> touch) {
      String persona = name + "-" + UUID.randomUUID().toString().substring(0, 8);
      String code =
          scene
              .sandbox
              .post("/sandbox/wechat/codes", Map.of("persona", persona))
              .ok()
              .path("code")
              .asText();
      Map<String, String> request = new HashMap<>(touch);
      request.put("provider", "WECHAT_MINI");
      request.put("code", code);
      JsonNode session = scene.anonymous.post("/shop/v1/sessions", request).ok();
      scene.anonymous.post("/shop/v1/sessions", request).refused(409, "WECHAT_CODE_USED");
      return new Scene.Person(
          name,
          persona,
          session.path("member").path("memberId").asText(),
          null,
          scene.anonymous.as(session.path("accessToken").asText()));
    }
  }
}
