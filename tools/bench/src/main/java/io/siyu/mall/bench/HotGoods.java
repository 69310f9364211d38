package io.siyu.mall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A new product of one SKU that everybody wants. It stays a draft: shoppers never see it. */
record HotGoods(String skuId) {

  static HotGoods create(long pieces) throws IOException {
    Api admin = Api.staff("platform-admin");
    JsonNode like = admin.get("/admin/v1/products?pageSize=1").path("items").path(0);
    if (like.isMissingNode()) {
      throw new IOException("there are no products; import the sample catalogue first");
    }
    String number = "BENCH-" + UUID.randomUUID().toString().substring(0, 18);
    JsonNode product =
        admin.post(
            "/admin/v1/products",
            Map.of(
                "brandId",
                like.path("brandId").asText(),
                "categoryId",
                like.path("categoryId").asText(),
                "productNo",
                number,
                "title",
                "限时抢购 " + number,
                "skus",
                List.of(Map.of("skuNo", number, "priceFen", 9_900, "initialStock", pieces))));
    return new HotGoods(product.path("skus").path(0).path("skuId").asText());
  }
}
