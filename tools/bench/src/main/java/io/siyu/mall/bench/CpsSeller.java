package io.siyu.mall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A new distributor whom Taobao knows by an id of their own. */
record CpsSeller(UUID distributorId, String relationId) {

  /** Signs in, applies, is approved and converts a first link, by the public API. */
  static CpsSeller join() throws IOException {
    Api admin = Api.staff("platform-admin");
    JsonNode invite = admin.post("/admin/v1/invites", Map.of("uses", 1));
    String code =
        new Api(Options.sandbox(), null)
            .post("/sandbox/wechat/codes", Map.of("persona", "bench-" + UUID.randomUUID()))
            .path("code")
            .asText();
    JsonNode session =
        new Api(Options.gateway(), null)
            .post("/shop/v1/sessions", Map.of("provider", "WECHAT_MINI", "code", code));
    Api seller = new Api(Options.gateway(), session.path("accessToken").asText());
    String id =
        seller
            .post(
                "/partner/v1/applications",
                Map.of(
                    "inviteCode",
                    invite.path("inviteCode").asText(),
                    "displayName",
                    "测淘客",
                    "realName",
                    "测小淘",
                    "phone",
                    "138" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999)))
            .path("distributorId")
            .asText();
    admin.post("/admin/v1/applications/" + id + "/approve", Map.of());
    JsonNode link =
        seller.post(
            "/partner/v1/cps/links",
            Map.of(
                "platform",
                "TAOBAO",
                "itemId",
                "655123456789",
                "authorization",
                "authorised-" + UUID.randomUUID()));
    return new CpsSeller(UUID.fromString(id), link.path("subAffiliateId").asText());
  }
}
