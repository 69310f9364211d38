package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Api.member;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Api.staff;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.grpc.Status.Code;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Refusals;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.BrandState;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import io.siyu.mall.proto.order.v1.ChangeAddressRequest;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is set right afterwards, and how an order is found. */
@GatewayTest
class CorrectionsApiTest {

  private static final String ADMIN = "platform-admin";

  @Test
  void aBrandIsTakenOffSaleAndPutBack() {
    services()
        .on(
            CatalogGrpc.getTakeBrandOffSaleMethod(),
            r ->
                Brand.newBuilder()
                    .setState(BrandState.BRAND_OFF_SALE)
                    .setStateReason(r.getReason())
                    .setVersion(3)
                    .build());
    services()
        .on(
            CatalogGrpc.getPutBrandOnSaleMethod(),
            r -> Brand.newBuilder().setState(BrandState.BRAND_ON_SALE).build());
    staff("brand-admin")
        .body(Map.of("reason", "授权到期"))
        .post("/admin/v1/brands/b1/take-off-sale")
        .then()
        .statusCode(200)
        .header("ETag", "\"3\"")
        .body("state", equalTo("OFF_SALE"))
        .body("stateReason", equalTo("授权到期"));
    problem(
        staff(ADMIN).body(Map.of()).post("/admin/v1/brands/b1/take-off-sale").then(),
        400,
        "INVALID_ARGUMENT");
    staff(ADMIN)
        .post("/admin/v1/brands/b1/put-on-sale")
        .then()
        .statusCode(200)
        .body("state", equalTo("ON_SALE"))
        .body("stateReason", nullValue());
  }

  @Test
  void aCategoryIsMovedHiddenAndDeleted() {
    services()
        .on(
            CatalogGrpc.getGetCategoryMethod(),
            r -> Category.newBuilder().setCategoryId(r.getCategoryId()).setVersion(5).build());
    String etag =
        staff("auditor")
            .get("/admin/v1/categories/c1")
            .then()
            .statusCode(200)
            .extract()
            .header("ETag");
    Map<String, Object> change = Map.of("name", "童装", "parentId", "c0", "hidden", true);
    staff(ADMIN)
        .header("If-Match", etag)
        .body(change)
        .put("/admin/v1/categories/c1")
        .then()
        .statusCode(200);
    var sent = services().request(CatalogGrpc.getUpdateCategoryMethod());
    assertEquals(5, sent.getVersion());
    assertEquals("c0", sent.getParentId());
    assertEquals(true, sent.getHidden());
    problem(
        staff(ADMIN).body(change).put("/admin/v1/categories/c1").then(), 428, "IF_MATCH_REQUIRED");
    problem(
            staff(ADMIN)
                .header("If-Match", etag)
                .body(Map.of("name", "童装"))
                .put("/admin/v1/categories/c1")
                .then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations.field", hasItem("hidden"));
    staff(ADMIN).delete("/admin/v1/categories/c1").then().statusCode(204);
    services()
        .on(
            CatalogGrpc.getDeleteCategoryMethod(),
            r -> {
              throw Refusals.of(Code.FAILED_PRECONDITION, "CATEGORY_IN_USE", "products in it");
            });
    problem(staff(ADMIN).delete("/admin/v1/categories/c1").then(), 409, "CATEGORY_IN_USE");
  }

  @Test
  void aSkuIsAdded() {
    staff("brand-admin")
        .body(
            Map.of(
                "skuNo",
                "S-2",
                "priceFen",
                4900,
                "initialStock",
                7,
                "specs",
                List.of(Map.of("name", "尺码", "value", "90"))))
        .post("/admin/v1/products/p1/skus")
        .then()
        .statusCode(201);
    var sent = services().request(CatalogGrpc.getAddSkuMethod());
    assertEquals("p1", sent.getProductId());
    assertEquals(7, sent.getSku().getInitialStock());
    assertEquals("90", sent.getSku().getSpecs(0).getValue());
  }

  @Test
  void aParcelAndAnAddressAreSetRight() {
    staff("brand-operator")
        .body(Map.of("carrier", "中通", "trackingNumber", "ZT1", "reason", "录错"))
        .post("/admin/v1/orders/o1/parcels/p1/correct")
        .then()
        .statusCode(200);
    assertEquals("p1", services().request(OrdersGrpc.getCorrectParcelMethod()).getParcelId());
    Map<String, Object> address = new HashMap<>();
    address.put("receiverName", "李小红");
    address.put("phone", "13900001111");
    address.put("province", "江苏省");
    address.put("city", "苏州市");
    address.put("detail", "观前街 2 号");
    problem(
            staff(ADMIN).body(address).post("/admin/v1/orders/o1/change-address").then(),
            400,
            "INVALID_ARGUMENT")
        .body("violations.field", hasItem("reason"));
    address.put("reason", "会员来电");
    staff(ADMIN).body(address).post("/admin/v1/orders/o1/change-address").then().statusCode(200);
    assertEquals(
        "苏州市", services().request(OrdersGrpc.getChangeAddressMethod()).getAddress().getCity());
    services()
        .on(
            MembersGrpc.getGetAddressMethod(),
            r -> Address.newBuilder().setAddressId(r.getAddressId()).setCity("无锡市").build());
    member()
        .body(Map.of("addressId", "a1"))
        .post("/shop/v1/orders/o1/change-address")
        .then()
        .statusCode(200);
    var second =
        (ChangeAddressRequest)
            services().calls(OrdersGrpc.getChangeAddressMethod()).get(1).request();
    assertEquals("无锡市", second.getAddress().getCity());
    services()
        .on(
            OrdersGrpc.getChangeAddressMethod(),
            r -> {
              throw Refusals.of(Code.FAILED_PRECONDITION, "ADDRESS_FIXED", "it left");
            });
    problem(
        member().body(Map.of("addressId", "a1")).post("/shop/v1/orders/o1/change-address").then(),
        409,
        "ADDRESS_FIXED");
  }

  @Test
  void ordersAreFoundByTimePhoneAndProduct() {
    staff(ADMIN)
        .queryParam("placedFrom", "2026-11-01T00:00:00+08:00")
        .queryParam("placedUntil", "2026-12-01T00:00:00Z")
        .queryParam("receiverPhone", "13900001111")
        .queryParam("productId", "p1")
        .get("/admin/v1/orders")
        .then()
        .statusCode(200);
    var sent = services().request(OrdersGrpc.getListOrdersMethod());
    assertEquals(
        Instant.parse("2026-10-31T16:00:00Z").getEpochSecond(), sent.getPlacedFrom().getSeconds());
    assertEquals("13900001111", sent.getReceiverPhone());
    assertEquals("p1", sent.getProductId());
    staff(ADMIN).get("/admin/v1/orders").then().statusCode(200);
    var second =
        (ListOrdersRequest) services().calls(OrdersGrpc.getListOrdersMethod()).get(1).request();
    assertFalse(second.hasPlacedFrom());
    problem(
        staff(ADMIN).queryParam("placedFrom", "yesterday").get("/admin/v1/orders").then(),
        400,
        "INVALID_PARAMETER");
  }
}
