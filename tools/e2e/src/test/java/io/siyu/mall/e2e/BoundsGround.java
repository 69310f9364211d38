package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Callers and things for requests that are made from the documents alone. */
final class BoundsGround implements Limits.Given {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ITEM = "655123456789";
  private static final int SPEC_TEXT = 500;
  private static final int PIECES = 1_000;

  private final Journey journey;
  private final Scene scene;
  private final Scene.Person shopper;
  private final Map<String, Api> staff = new HashMap<>();
  private final Map<String, String> ids = new TreeMap<>();
  private final List<String> skus = new ArrayList<>();
  private final BoundsOrders orders;
  private final BoundsPeople people;
  private final String category;
  private Api applicant;
  private int serial;

  BoundsGround(Addresses addresses) {
    journey = Journey.on(addresses).recruited();
    scene = journey.scene();
    people = new BoundsPeople(journey);
    shopper = journey.shopper("尺寸");
    applicant = shopper.api();
    staff.put("platform-admin", scene.platformAdmin);
    staff.put("finance", scene.finance);
    Scene.BrandStaff brand = scene.brands.get(0);
    ids.put("brandId", brand.brandId());
    ids.put("brandCode", brand.code());
    ids.put(
        "categoryId",
        first(scene.anonymous.get("/shop/v1/categories")).path("categoryId").asText());
    category = ids.get("categoryId");
    ids.put("memberId", shopper.memberId());
    ids.put("distributorId", scene.bea.distributorId());
    ids.put("uplineId", scene.ann.distributorId());
    ids.put("addressId", Journey.address(shopper));
    ids.put("shareCode", share());
    stock();
    orders = new BoundsOrders(scene, shopper.api(), ids, this::nextSku);
    orders.paidOrder();
  }

  private static JsonNode first(Api.Answer answer) {
    return answer.ok().path("items").get(0);
  }

  private String share() {
    return scene
        .bea
        .api()
        .post("/partner/v1/shares", Map.of("channel", "CARD", "target", Map.of("type", "SHOP")))
        .ok()
        .path("shareCode")
        .asText();
  }

  /** A product with many SKUs, each of which is used once by what wants something of its own. */
  private void stock() {
    List<Map<String, Object>> drafts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      drafts.add(
          Map.of(
              "skuNo",
              "bounds-" + UUID.randomUUID(),
              "specs",
              List.of(Map.of("name", "号", "value", String.valueOf(i))),
              "priceFen",
              100,
              "initialStock",
              PIECES));
    }
    JsonNode product =
        scene
            .platformAdmin
            .post(
                "/admin/v1/products",
                Map.of(
                    "brandId",
                    ids.get("brandId"),
                    "productNo",
                    "bounds-" + UUID.randomUUID(),
                    "categoryId",
                    ids.get("categoryId"),
                    "title",
                    "尺寸",
                    "skus",
                    drafts))
            .ok();
    ids.put("productId", product.path("productId").asText());
    product.path("skus").forEach(sku -> skus.add(sku.path("skuId").asText()));
    scene
        .platformAdmin
        .post("/admin/v1/products/" + ids.get("productId") + "/publish", Map.of())
        .ok();
    nextSku();
  }

  private String nextSku() {
    ids.put("skuId", skus.get(serial++ % skus.size()));
    return ids.get("skuId");
  }

  BoundsPeople people() {
    return people;
  }

  /** Who may call it. */
  Api caller(Documents.Operation operation) {
    if (operation.path().startsWith("/partner/v1/applications")) {
      return applicant;
    }
    if (operation.path().startsWith("/partner/")) {
      return scene.bea.api();
    }
    if (operation.name().equals("DELETE /shop/v1/sessions/current")) {
      return journey.shopper("离开").api();
    }
    if (operation.path().startsWith("/shop/v1/sessions")) {
      return scene.anonymous;
    }
    if (operation.path().startsWith("/shop/")) {
      return shopper.api();
    }
    String role =
        operation.roles().contains("platform-admin") ? "platform-admin" : operation.roles().get(0);
    return staff.computeIfAbsent(role, scene::staff);
  }

  /** Makes what the next call of the operation uses up; the ids in its path are then of that. */
  void prepare(Documents.Operation operation) {
    nextSku();
    switch (operation.name()) {
      case "POST /admin/v1/applications/{distributorId}/approve",
          "POST /admin/v1/applications/{distributorId}/reject" ->
          ids.put("distributorId", people.apply());
      case "POST /admin/v1/distributors/{distributorId}/suspend",
          "POST /admin/v1/distributors/{distributorId}/close",
          "POST /admin/v1/distributors/{distributorId}/upline" ->
          ids.put("distributorId", people.recruit());
      case "POST /admin/v1/distributors/{distributorId}/resume" -> {
        ids.put("distributorId", people.recruit());
        staffPost("/distributors/" + ids.get("distributorId") + "/suspend", Map.of("reason", "查"));
      }
      case "POST /partner/v1/applications" -> applicant = journey.shopper("申请").api();
      case "POST /shop/v1/trades/{tradeId}/cancel", "POST /shop/v1/trades/{tradeId}/payments" ->
          orders.trade();
      case "POST /shop/v1/trades/{tradeId}/payments/sync",
          "POST /admin/v1/orders/{orderId}/parcels",
          "POST /shop/v1/orders/{orderId}/after-sale-cases",
          "POST /admin/v1/orders/{orderId}/after-sale-cases" ->
          orders.paidOrder();
      case "POST /shop/v1/orders/{orderId}/receipt" -> orders.shippedOrder();
      case "POST /admin/v1/after-sale-cases/{caseId}/approve",
          "POST /admin/v1/after-sale-cases/{caseId}/reject",
          "POST /shop/v1/after-sale-cases/{caseId}/cancel" ->
          orders.openCase("REFUND_ONLY");
      case "POST /shop/v1/after-sale-cases/{caseId}/escalate" -> orders.rejectedCase();
      case "POST /admin/v1/after-sale-cases/{caseId}/decide" -> orders.escalatedCase();
      case "POST /shop/v1/after-sale-cases/{caseId}/return-parcel" -> orders.approvedReturn();
      case "POST /admin/v1/after-sale-cases/{caseId}/receive",
          "POST /admin/v1/after-sale-cases/{caseId}/refuse" ->
          orders.returningCase();
      case "PUT /admin/v1/categories/{categoryId}", "DELETE /admin/v1/categories/{categoryId}" ->
          ids.put(
              "categoryId",
              staffPost("/categories", Map.of("name", "类" + UUID.randomUUID(), "sortOrder", 0))
                  .path("categoryId")
                  .asText());
      case "POST /admin/v1/member-merges/{mergeRequestId}/confirm",
          "POST /admin/v1/member-merges/{mergeRequestId}/reject" -> {
        Scene.Person holder = journey.shopper("合一");
        Journey.address(holder);
        TwoMembers two = TwoMembers.meet(scene, holder, journey.shopper("合一"));
        ids.put("mergeRequestId", two.mergeRequestId());
        ids.put("survivorMemberId", holder.memberId());
      }
      case "POST /admin/v1/name-corrections/{correctionId}/approve",
          "POST /admin/v1/name-corrections/{correctionId}/reject" ->
          ids.put("correctionId", people.correctName(ids.get("correctionId")));
      case "POST /admin/v1/cps/claims/{claimId}/accept",
          "POST /admin/v1/cps/claims/{claimId}/reject" ->
          ids.put("claimId", people.claim());
      case "POST /admin/v1/orders/{orderId}/parcels/{parcelId}/correct" ->
          ids.put("parcelId", orders.parcel());
      case "POST /admin/v1/orders/{orderId}/change-address",
          "POST /shop/v1/orders/{orderId}/change-address" ->
          orders.paidOrder();
      case "PUT /admin/v1/commission-rules/{ruleId}",
          "POST /admin/v1/commission-rules/{ruleId}/end" ->
          ids.put("ruleId", rule());
      case "POST /admin/v1/products/{productId}/withdraw" ->
          scene
              .platformAdmin
              .post("/admin/v1/products/" + ids.get("productId") + "/publish", Map.of())
              .ok();
      case "DELETE /shop/v1/me/addresses/{addressId}", "POST /shop/v1/trades" ->
          ids.put("addressId", Journey.address(shopper));
      default -> {}
    }
  }

  /** Remembers ids that an answer tells, for the operations that come later. */
  void learn(JsonNode answer) {
    JsonNode one = answer.path("items").isArray() ? answer.path("items").path(0) : answer;
    one.fields()
        .forEachRemaining(
            field -> {
              if (field.getKey().endsWith("Id") && field.getValue().isTextual()) {
                ids.putIfAbsent(field.getKey(), field.getValue().asText());
              }
            });
  }

  /** Puts back what an operation must not leave behind. */
  void restore(Documents.Operation operation) {
    ids.put("distributorId", scene.bea.distributorId());
    ids.put("categoryId", category);
    if (operation.name().equals("DELETE /shop/v1/me/addresses/{addressId}")) {
      ids.put("addressId", Journey.address(shopper));
    }
    if (operation.path().endsWith("/take-off-sale")) {
      scene
          .platformAdmin
          .post("/admin/v1/brands/" + ids.get("brandId") + "/put-on-sale", Map.of())
          .ok();
    }
    scene
        .platformAdmin
        .post("/admin/v1/products/" + ids.get("productId") + "/publish", Map.of())
        .ok();
  }

  /** The path with the ids of things that are there, or of nothing. */
  String path(Documents.Operation operation) {
    String path = operation.path();
    for (JsonNode parameter : operation.parameters("path")) {
      String name = parameter.path("name").asText();
      path = path.replace("{" + name + "}", ids.getOrDefault(name, UUID.randomUUID().toString()));
    }
    return path;
  }

  @Override
  public JsonNode value(String schema, String field, Limits.Size size) {
    Object known = known(schema + "." + field, field, size);
    return known == null ? null : JSON.valueToTree(known);
  }

  private Object known(String where, String field, Limits.Size size) {
    boolean largest = size == Limits.Size.LARGEST;
    return switch (where) {
      case "SkuRequest.specs" -> specs(largest);
      case "CpsSharePolicyRequest.steps" -> steps(largest ? 10 : 1);
      case "CpsSharePolicyRequest.effectiveFrom" -> "2035-01-01T00:00:00Z";
      case "TradeRequest.lines", "CheckoutRequest.lines" ->
          List.of(Map.of("skuId", ids.get("skuId"), "quantity", 1));
      case "ParcelRequest.lines" ->
          List.of(Map.of("orderLineId", ids.get("orderLineId"), "quantity", 1));
      case "AfterSaleRequest.quantity" -> 1;
      case "AfterSaleRequest.kind" -> "REFUND_ONLY";
      case "RuleScopeRequest.type" -> "SKU";
      case "RuleScopeRequest.id" -> ids.get("skuId");
      // Two levels together stay below the cap.
      case "RuleRequest.directBasisPoints", "RuleRevisionRequest.directBasisPoints" ->
          largest ? 5_000 : 0;
      case "RuleRequest.uplineBasisPoints", "RuleRevisionRequest.uplineBasisPoints" -> 0;
      case "ApplicationRequest.idNumber", "NameCorrectionRequest.idNumber" -> "11010519491231002X";
      case "BankCardRequest.account" -> "6222" + (largest ? "0".repeat(20) : "00000000");
      case "BankCardRequest.bankType" -> largest ? "A".repeat(20) + "_DEBIT" : "BC_DEBIT";
      case "TouchRequest.shareCode" -> ids.get("shareCode");
      case ".placedFrom" -> "2027-01-01T00:00:00Z";
      case ".placedUntil" -> "2027-02-01T00:00:00Z";
      case "ShareTargetRequest.type" -> size == Limits.Size.SMALLEST ? "SHOP" : "PRODUCT";
      case "ShareTargetRequest.id" -> ids.get("productId");
      case "ApplicationRequest.inviteCode" -> people.invite();
      case "SignInRequest.provider" -> "WECHAT_MINI";
      case "SignInRequest.code" -> people.code("codes", "尺寸-" + UUID.randomUUID());
      case "RefreshRequest.refreshToken" -> people.refreshToken();
      case "CpsLinkRequest.authorization" -> "authorised-" + UUID.randomUUID();
      case "CpsLinkRequest.itemId" -> ITEM;
      case "CpsLinkRequest.url" -> {
        String url = "https://item.taobao.com/item.htm?id=" + ITEM + "&spm=";
        yield url + "a".repeat(largest ? 2_048 - url.length() : 1);
      }
      case "PhoneRequest.phoneCode" -> people.code("phone-codes", shopper.persona());
      case "CpsLinkRequest.platform", "CpsClaimRequest.platform" -> "TAOBAO";
      case "CpsStatementRequest.platform", "CpsSyncRequest.platform" -> "TAOBAO";
      case "RedriveRequest.eventIds[]" -> UUID.randomUUID().toString();
      case "RedriveRequest.service", ".service" -> "order";
      case "RuleRequest.effectiveUntil", "RuleRevisionRequest.effectiveUntil" ->
          "2036-01-01T00:00:00Z";
      case "RuleEndRequest.effectiveUntil" -> "2035-06-01T00:00:00Z";
      case "CategoryRequest.parentId", "CategoryChangeRequest.parentId" -> category;
      default ->
          where.startsWith(".") || field.endsWith("Id") || field.equals("brandCode")
              ? ids.get(field)
              : null;
    };
  }

  private List<Map<String, String>> specs(boolean largest) {
    List<Map<String, String>> specs = new ArrayList<>();
    String mine = "第" + ++serial;
    int length = 0;
    for (int i = 0; i < (largest ? 9 : 0); i++) {
      specs.add(Map.of("name", "规格" + i, "value", mine));
      length += 3 + 1 + mine.length() + 1;
    }
    int rest = largest ? SPEC_TEXT - length - 3 : 10;
    specs.add(Map.of("name", "名号", "value", (mine + "长".repeat(SPEC_TEXT)).substring(0, rest)));
    return specs;
  }

  private static List<Map<String, Object>> steps(int count) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long from = i == 0 ? 0 : 1_000_000_000L - count + 1 + i;
      steps.add(
          Map.of(
              "fromFen",
              from,
              "directBasisPoints",
              count > 1 ? 10_000 : 0,
              "uplineBasisPoints",
              0));
    }
    return steps;
  }

  private String rule() {
    return staffPost(
            "/commission-rules",
            Map.of(
                "scope", Map.of("type", "SKU", "id", nextSku()),
                "brandCode", ids.get("brandCode"),
                "directBasisPoints", 10))
        .path("ruleId")
        .asText();
  }

  private JsonNode staffPost(String path, Map<String, ?> body) {
    return scene.platformAdmin.post("/admin/v1" + path, body).ok();
  }
}
