package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Api.anonymous;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Refusals;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.catalog.v1.Attribute;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.ListBrandsResponse;
import io.siyu.mall.proto.catalog.v1.ListCategoriesResponse;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsResponse;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.Sku;
import io.siyu.mall.proto.common.v1.Money;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@GatewayTest
class ShopGoodsTest {

  static Money fen(long fen) {
    return Money.newBuilder().setCurrencyCode("CNY").setMinorUnits(fen).build();
  }

  private static Product product(String id) {
    return Product.newBuilder()
        .setProductId(id)
        .setProductNo("P-1")
        .setBrandId("b1")
        .setBrandCode("miaomiao")
        .setBrandName("苗苗森林")
        .setTitle("连体衣")
        .addGalleryUrls("https://img.example/1.jpg")
        .setDetailHtml("<p>棉</p>")
        .setPriceFrom(fen(9900))
        .addSkus(
            Sku.newBuilder()
                .setSkuId("s1")
                .setSkuNo("S-1")
                .addSpecs(Attribute.newBuilder().setName("颜色").setValue("米白"))
                .setListPrice(fen(12900))
                .setPrice(fen(9900))
                .setAvailable(7)
                .setAfterSaleDays(7))
        .build();
  }

  @Test
  void aProductPageIsTheProductWithMoneyInFen() {
    String id = UUID.randomUUID().toString();
    services().on(CatalogGrpc.getGetProductMethod(), r -> product(r.getProductId()));
    anonymous()
        .get("/shop/v1/products/" + id)
        .then()
        .statusCode(200)
        .header("Cache-Control", "public, max-age=0")
        .body("productId", equalTo(id))
        .body("title", equalTo("连体衣"))
        .body("brief", nullValue())
        .body("priceFromFen", equalTo(9900))
        .body("skus[0].listPriceFen", equalTo(12900))
        .body("skus[0].specs[0].value", equalTo("米白"))
        .body("skus[0].available", equalTo(7));
  }

  @Test
  void manyReadersOfOnePageCostOneCallAndNoneSeesAnothersToken() throws Exception {
    String id = UUID.randomUUID().toString();
    CountDownLatch asked = new CountDownLatch(1);
    services()
        .on(
            CatalogGrpc.getGetProductMethod(),
            r -> {
              asked.countDown();
              return product(r.getProductId());
            });
    String token = Tokens.member();
    IntStream.range(0, 20)
        .parallel()
        .forEach(
            i ->
                anonymous()
                    .auth()
                    .oauth2(token)
                    .get("/shop/v1/products/" + id)
                    .then()
                    .statusCode(200));
    assertTrue(asked.await(1, TimeUnit.SECONDS));
    int calls = services().calls(CatalogGrpc.getGetProductMethod()).size();
    assertTrue(calls < 10, calls + " calls for 20 readers");
    assertNull(services().calls(CatalogGrpc.getGetProductMethod()).get(0).authorization());
  }

  @Test
  void aPageIsReadAgainWhenItIsOld() {
    String id = UUID.randomUUID().toString();
    services().on(CatalogGrpc.getGetProductMethod(), r -> product(r.getProductId()));
    String etag = anonymous().get("/shop/v1/products/" + id).then().extract().header("ETag");
    anonymous().header("If-None-Match", etag).get("/shop/v1/products/" + id).then().statusCode(304);
    services()
        .on(
            CatalogGrpc.getGetProductMethod(),
            r -> product(r.getProductId()).toBuilder().setTitle("新标题").build());
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                anonymous()
                    .header("If-None-Match", etag)
                    .get("/shop/v1/products/" + id)
                    .then()
                    .statusCode(200)
                    .header("ETag", not(etag))
                    .body("title", equalTo("新标题")));
  }

  @Test
  void aRefusalIsNotKept() {
    String id = UUID.randomUUID().toString();
    services()
        .on(
            CatalogGrpc.getGetProductMethod(),
            r -> {
              throw Refusals.of(Status.Code.NOT_FOUND, "PRODUCT_UNKNOWN", "no such product");
            });
    problem(anonymous().get("/shop/v1/products/" + id).then(), 404, "PRODUCT_UNKNOWN");
    services().on(CatalogGrpc.getGetProductMethod(), r -> product(r.getProductId()));
    anonymous().get("/shop/v1/products/" + id).then().statusCode(200);
  }

  @Test
  void productsAreListedAsAsked() {
    services()
        .on(
            CatalogGrpc.getListProductsMethod(),
            r ->
                ListProductsResponse.newBuilder()
                    .addProducts(product("p1"))
                    .addProducts(product("p2"))
                    .setNextPageToken("next")
                    .build());
    anonymous()
        .queryParam("q", "连体衣")
        .queryParam("brandId", "b1")
        .queryParam("sort", "PRICE_DESCENDING")
        .queryParam("pageSize", 2)
        .queryParam("pageToken", "t1")
        .get("/shop/v1/products")
        .then()
        .statusCode(200)
        .body("items.productId", contains("p1", "p2"))
        .body("nextPageToken", equalTo("next"));
    ListProductsRequest request = services().request(CatalogGrpc.getListProductsMethod());
    assertEquals("连体衣", request.getQuery());
    assertEquals("b1", request.getBrandId());
    assertEquals(ListProductsRequest.Sort.PRICE_DESCENDING, request.getSort());
    assertEquals(2, request.getPageSize());
    assertEquals("t1", request.getPageToken());
  }

  @Test
  void wrongQueriesAreRefused() {
    problem(anonymous().get("/shop/v1/products?sort=CHEAP").then(), 400, "INVALID_PARAMETER")
        .body("detail", org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("siyu")));
    problem(anonymous().get("/shop/v1/products?q=" + "a".repeat(9000)).then(), 414, "URI_TOO_LONG");
    problem(anonymous().get("/shop/v1/products?pageSize=abc").then(), 400, "INVALID_PARAMETER");
    problem(anonymous().get("/shop/v1/products?pageSize=0").then(), 400, "INVALID_ARGUMENT")
        .body("violations.field", contains("pageSize"));
    problem(
            anonymous().queryParam("q", "x".repeat(201)).get("/shop/v1/products").then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations[0].field", equalTo("q"));
    assertEquals(0, services().calls().size());
  }

  @Test
  void categoriesAndBrandsAreOpenToEverybody() {
    services()
        .on(
            CatalogGrpc.getListCategoriesMethod(),
            r ->
                ListCategoriesResponse.newBuilder()
                    .addCategories(Category.newBuilder().setCategoryId("c1").setName("童装"))
                    .build());
    anonymous().get("/shop/v1/categories").then().body("items[0].name", equalTo("童装"));
    services()
        .on(
            CatalogGrpc.getListBrandsMethod(),
            r ->
                ListBrandsResponse.newBuilder()
                    .addBrands(Brand.newBuilder().setBrandId("b1").setCode("miaomiao"))
                    .build());
    anonymous().get("/shop/v1/brands").then().body("items[0].code", equalTo("miaomiao"));
    services()
        .on(
            CatalogGrpc.getGetBrandMethod(),
            r -> Brand.newBuilder().setBrandId(r.getBrandId()).build());
    anonymous().get("/shop/v1/brands/b7").then().body("brandId", equalTo("b7"));
  }
}
