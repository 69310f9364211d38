package io.siyu.mall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Shoppers who are signed in and have an address, and goods that are there. */
final class Shop {

  /** What one member may place without paying, less one. */
  static final int UNPAID = 4;

  private static final int SKUS = 50;
  private static final int SIGN_INS_AT_ONCE = 16;

  private final Api anonymous = new Api(Options.gateway(), null);

  /** Somebody who can order. */
  record Shopper(String token, String memberId, String addressId) {}

  /** New members, signed in by WeChat, several at once. */
  List<Shopper> shoppers(int count) throws IOException {
    Api sandbox = new Api(Options.sandbox(), null);
    ExecutorService threads = Executors.newFixedThreadPool(SIGN_INS_AT_ONCE);
    try {
      List<Future<Shopper>> signedIn = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        signedIn.add(threads.submit(() -> shopper(sandbox)));
      }
      List<Shopper> shoppers = new ArrayList<>();
      for (Future<Shopper> one : signedIn) {
        shoppers.add(one.get());
      }
      return shoppers;
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException("a member could not sign in", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Shopper shopper(Api sandbox) throws IOException {
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
    return new Shopper(
        token,
        session.path("member").path("memberId").asText(),
        address.path("addressId").asText());
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
