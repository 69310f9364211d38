package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Staff sign in, bring the goods, and say what a sale earns. */
final class OpenTheShop implements Chapter {
  /** What the whole brand pays, and what it pays for the product it wants to see sold most. */
  private static final int BRAND_DIRECT = 1000;

  private static final int BRAND_UPLINE = 300;
  private static final int PRODUCT_DIRECT = 2500;
  private static final int PRODUCT_UPLINE = 500;

  /**
   * The big purchase is worth this much, so that the commission exceeds what is free of tax (5 000
   * yuan a month after a deduction of 20 %).
   */
  private static final long BIG_PURCHASE_FEN = 3_600_000;

  @Override
  public String title() {
    return "员工登录，导入商品，设定佣金规则";
  }

  @Override
  public void play(Scene scene) {
    scene.platformAdmin = scene.staff("platform-admin");
    scene.finance = scene.staff("finance");
    importSampleCatalogue(scene);
    pickBrands(scene);
    Scene.BrandStaff first = scene.brands.get(0);
    Scene.BrandStaff second = scene.brands.get(1);
    JsonNode dear = products(scene, first).get(0);
    setRule(scene, "BRAND", first.brandId(), first.code(), BRAND_DIRECT, BRAND_UPLINE);
    setRule(scene, "BRAND", second.brandId(), second.code(), BRAND_DIRECT, BRAND_UPLINE);
    setRule(
        scene,
        "PRODUCT",
        dear.path("productId").asText(),
        first.code(),
        PRODUCT_DIRECT,
        PRODUCT_UPLINE);
    JsonNode sku = dear.path("skus").get(0);
    long quantity = Math.min(90, 1 + BIG_PURCHASE_FEN / sku.path("priceFen").asLong());
    buyLater(scene, first, dear, quantity, PRODUCT_DIRECT, PRODUCT_UPLINE);
    buyLater(scene, second, products(scene, second).get(1), 3, BRAND_DIRECT, BRAND_UPLINE);
  }

  private static void importSampleCatalogue(Scene scene) {
    byte[] csv = sample();
    String boundary = "----mall" + UUID.randomUUID();
    String head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"createBrands\"\r\n\r\ntrue\r\n--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sample-catalog.csv\"\r\n"
            + "Content-Type: text/csv\r\n\r\n";
    byte[] body =
        concat(
            head.getBytes(StandardCharsets.UTF_8),
            csv,
            ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    String id =
        scene
            .platformAdmin
            .postRaw(
                "/admin/v1/catalog-imports",
                "multipart/form-data; boundary=" + boundary,
                body,
                Map.of("Idempotency-Key", UUID.randomUUID().toString()))
            .ok()
            .path("importId")
            .asText();
    JsonNode done =
        scene.await(
            "the import",
            () -> scene.platformAdmin.get("/admin/v1/catalog-imports/" + id),
            answer -> !List.of("RECEIVING", "RUNNING").contains(answer.path("state").asText()));
    StoryFailure.expectEqual("state of the import", "SUCCEEDED", done.path("state").asText());
    scene.narrator.tell(
        "样例商品：读入 %d 行，新建 %d，更新 %d，未变 %d 个商品",
        done.path("rowsRead").asLong(),
        done.path("productsCreated").asLong(),
        done.path("productsChanged").asLong(),
        done.path("productsUnchanged").asLong());
  }

  private static byte[] sample() {
    try (InputStream in = OpenTheShop.class.getResourceAsStream("/sample-catalog.csv")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  private static void pickBrands(Scene scene) {
    for (JsonNode brand : scene.anonymous.get("/shop/v1/brands?pageSize=50").ok().path("items")) {
      String code = brand.path("code").asText();
      if (scene.brands.size() < 2 && SampleStaff.brandCodes().contains(code)) {
        scene.brands.add(
            new Scene.BrandStaff(
                brand.path("brandId").asText(),
                code,
                brand.path("name").asText(),
                scene.staff("brand-admin-" + code)));
      }
    }
    StoryFailure.expectEqual("brands with staff of their own", 2, scene.brands.size());
    scene.narrator.tell(
        "品牌「%s」与「%s」的管理员已在 Keycloak 登录", scene.brands.get(0).name(), scene.brands.get(1).name());
  }

  /** The brand's products, dearest first. */
  private static List<JsonNode> products(Scene scene, Scene.BrandStaff brand) {
    JsonNode page =
        scene
            .anonymous
            .get("/shop/v1/products?pageSize=50&sort=PRICE_DESCENDING&brandId=" + brand.brandId())
            .ok();
    List<JsonNode> products = new ArrayList<>();
    StreamSupport.stream(page.path("items").spliterator(), false)
        .sorted(Comparator.comparingLong((JsonNode p) -> -p.path("priceFromFen").asLong()))
        .limit(2)
        .forEach(
            p ->
                products.add(
                    scene.anonymous.get("/shop/v1/products/" + p.path("productId").asText()).ok()));
    return products;
  }

  private static void setRule(
      Scene scene, String type, String id, String brandCode, int direct, int upline) {
    JsonNode rules =
        scene
            .platformAdmin
            .get("/admin/v1/commission-rules?pageSize=100&brandCode=" + brandCode)
            .ok();
    for (JsonNode rule : rules.path("items")) {
      if (rule.path("scope").path("id").asText().equals(id)
          && rule.path("scope").path("type").asText().equals(type)) {
        StoryFailure.expectEqual(
            "direct rate of the rule", direct, rule.path("directBasisPoints").asInt());
        scene.narrator.tell("佣金规则已在：%s，版本 %d", type, rule.path("version").asLong());
        return;
      }
    }
    scene
        .platformAdmin
        .post(
            "/admin/v1/commission-rules",
            Map.of(
                "scope", Map.of("type", type, "id", id),
                "brandCode", brandCode,
                "directBasisPoints", direct,
                "uplineBasisPoints", upline,
                "note", "演示"))
        .ok();
    scene.narrator.tell("佣金规则：%s 一级 %.1f%%，二级 %.1f%%", type, direct / 100.0, upline / 100.0);
  }

  private static void buyLater(
      Scene scene,
      Scene.BrandStaff brand,
      JsonNode product,
      long quantity,
      int direct,
      int upline) {
    JsonNode sku = product.path("skus").get(0);
    String skuId = sku.path("skuId").asText();
    brand
        .api()
        .post(
            "/admin/v1/stock/adjustments",
            // One member may hold a quarter of what is there unpaid.
            Map.of("skuId", skuId, "delta", 4 * quantity, "reason", "补货"))
        .ok();
    scene.purchases.add(
        new Scene.Purchase(
            brand,
            product.path("productId").asText(),
            skuId,
            product.path("title").asText(),
            quantity,
            sku.path("priceFen").asLong(),
            direct,
            upline,
            null,
            null));
  }
}
