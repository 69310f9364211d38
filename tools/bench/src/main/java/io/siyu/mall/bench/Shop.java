package io.siyu.mall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shoppers who are signed in and have an address, and goods that are there. */
final class Shop {

  private static final int SKUS = 50;

  private final Api anonymous = new Api(Options.gateway(), null);

  /** Somebody who can order. */
  record Shopper(String token, String memberId, String addressId) {}

  /** New members, signed in by WeChat. */
  List<Shopper> shoppers(int count) throws IOException {
    Api sandbox = new Api(Options.sandbox(), null);
    List<Shopper> shoppers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String persona = "bench-" + UUID.randomUUID();
      String code =
          sandbox.post("/sandbox/wechat/codes", Map.of("persona", persona)).path("code").asText();
      JsonNode session =
          anonymous.post("/shop/v1/sessions", Map.of("provider", "WECHAT_MINI", "code", code));
      String token = session.path("accessToken").asText();
      JsonNode address =
          new Api(Options.gateway(), token)
              .post(
                  "/shop/v1/me/addresses",
                  Map.of(
                      "receiverName", "测小试",
                      "phone", "13912345678",
                      "province", "浙江省",
                      "city", "杭州市",
                      "district", "西湖区",
                      "detail", "文三路 1 号"));
      shoppers.add(
          new Shopper(
              token,
              session.path("member").path("memberId").asText(),
              address.path("addressId").asText()));
    }
    return shoppers;
  }

  /** Some SKUs, each with so many more pieces. */
  List<String> skus(long pieces) throws IOException {
    Api admin = Api.staff("platform-admin");
    List<String> skus = new ArrayList<>();
    for (JsonNode product : anonymous.get("/shop/v1/products?pageSize=50").path("items")) {
      JsonNode details = anonymous.get("/shop/v1/products/" + product.path("productId").asText());
      String sku = details.path("skus").path(0).path("skuId").asText();
      if (!sku.isEmpty() && skus.size() < SKUS) {
        admin.post(
            "/admin/v1/stock/adjustments",
            Map.of("skuId", sku, "delta", pieces, "reason", "bench"));
        skus.add(sku);
      }
    }
    if (skus.isEmpty()) {
      throw new IOException("there are no products; import the sample catalogue first");
    }
    return skus;
  }

  /** An order of one piece. */
  static byte[] order(URI gateway, Shopper shopper, String sku) {
    return Requests.post(
        gateway,
        "/shop/v1/trades",
        shopper.token(),
        UUID.randomUUID().toString(),
        "{\"lines\":[{\"skuId\":\""
            + sku
            + "\",\"quantity\":1}],\"addressId\":\""
            + shopper.addressId()
            + "\"}");
  }

  /** An id as a column holds it. */
  static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
