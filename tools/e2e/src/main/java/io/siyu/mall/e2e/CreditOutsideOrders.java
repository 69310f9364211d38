package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Bea shares an item of Taobao; orders come back in every state, twice; the ledger shows them, and
 * they can be withdrawn only once the platform has settled and its payment month is closed.
 */
final class CreditOutsideOrders implements Chapter {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String ITEM = "655123456789";
  private static final int PAYMENT_DAY = 21;
  private static final List<String> STATES =
      List.of("PAID", "RECEIVED", "SETTLED", "INVALID", "CLAWED_BACK");

  private final Reckoning before;
  private final List<StoryResult.CommissionRow> rows = new ArrayList<>();

  /**
   * @param before what everybody had without the outside orders
   */
  CreditOutsideOrders(Reckoning before) {
    this.before = before;
  }

  @Override
  public String title() {
    return "淘宝订单回流，入同一本账";
  }

  @Override
  public void play(Scene scene) {
    String relation = convert(scene);
    appear(scene, relation);
    sync(scene);
    sync(scene);
    awaitOrders(scene);
    closePaymentMonth(scene);
    long share = payableShares(scene);
    reckon(scene, scene.bea, "DIRECT", share);
    reckon(scene, scene.ann, "UPLINE", -1);
    scene.narrator.tell("五单淘宝订单同步了两次，只记一次；只有已结算且过了付款月的可提现，欠款先从中抵扣");
  }

  List<StoryResult.CommissionRow> rows() {
    return rows;
  }

  private static String convert(Scene scene) {
    JsonNode link =
        scene
            .bea
            .api()
            .post(
                "/partner/v1/cps/links",
                Map.of(
                    "platform",
                    "TAOBAO",
                    "itemId",
                    ITEM,
                    "authorization",
                    "authorised-" + UUID.randomUUID()))
            .ok();
    scene.narrator.tell("贝贝把淘宝商品转成自己的链接：%s", link.path("url").asText());
    return link.path("subAffiliateId").asText();
  }

  /** One order in each state; trade numbers are those of the platform, so new ones each time. */
  private static void appear(Scene scene, String relation) {
    long number = System.currentTimeMillis() * 10;
    for (String state : STATES) {
      Map<String, Object> order = new TreeMap<>();
      order.put("tradeId", Long.toString(number++));
      order.put("relationId", relation);
      order.put("itemId", ITEM);
      order.put("paidFen", 19_900);
      order.put("commissionFen", 1_990);
      order.put("status", state.equals("CLAWED_BACK") ? "SETTLED" : state);
      String id = scene.sandbox.post("/sandbox/taobao/orders", order).ok().path("tradeId").asText();
      if (state.equals("CLAWED_BACK")) {
        scene.sandbox.post("/sandbox/taobao/orders/" + id + "/clawbacks", Map.of()).ok();
      }
    }
  }

  private static void sync(Scene scene) {
    Api admin = scene.staff("platform-admin");
    // A run that the service began by itself holds the platform; then the next look finds it done.
    JsonNode started =
        scene.await(
            "the start of a sync",
            () -> {
              Api.Answer answer = admin.post("/admin/v1/cps/syncs", Map.of("platform", "TAOBAO"));
              return answer.status() == 409
                  ? new Api.Answer("POST /admin/v1/cps/syncs", 503, answer.body())
                  : answer;
            },
            answer -> true);
    String id = started.path("syncId").asText();
    scene.await(
        "the sync",
        () -> admin.get("/admin/v1/cps/syncs?pageSize=50"),
        page -> {
          for (JsonNode sync : page.path("items")) {
            if (sync.path("syncId").asText().equals(id)) {
              return !sync.path("endedAt").isMissingNode() && !sync.path("endedAt").isNull();
            }
          }
          return false;
        });
  }

  private static void awaitOrders(Scene scene) {
    scene.await(
        "orders in every state",
        () -> scene.bea.api().get("/partner/v1/cps/orders?pageSize=50"),
        page -> {
          Set<String> states = new HashSet<>();
          page.path("items").forEach(order -> states.add(order.path("state").asText()));
          return page.path("items").size() == STATES.size() && states.containsAll(STATES);
        });
  }

  /** Settled this month is paid in the next one; the business clock goes there if it is not yet. */
  private static void closePaymentMonth(Scene scene) {
    Instant now =
        Instant.parse(scene.platformAdmin.get("/admin/v1/clock").ok().path("now").asText());
    Instant paid =
        LocalDate.now(ZONE)
            .plusMonths(1)
            .withDayOfMonth(PAYMENT_DAY)
            .atStartOfDay(ZONE)
            .toInstant();
    if (now.isBefore(paid)) {
      scene
          .staff("platform-admin")
          .post(
              "/admin/v1/clock/advance",
              Map.of(
                  "duration",
                  Duration.between(now, paid)
                      .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                      .toString()))
          .ok();
    }
    scene.await(
        "a payable order",
        () -> scene.bea.api().get("/partner/v1/cps/orders?pageSize=50"),
        page -> {
          for (JsonNode order : page.path("items")) {
            if (order.path("payable").asBoolean()
                && order.path("state").asText().equals("SETTLED")) {
              return true;
            }
          }
          return false;
        });
  }

  /** What the outside service says Bea has of all five. */
  private static long payableShares(Scene scene) {
    long share = 0;
    for (JsonNode order :
        scene.bea.api().get("/partner/v1/cps/orders?pageSize=50").ok().path("items")) {
      share += order.path("state").asText().equals("INVALID") ? 0 : order.path("shareFen").asLong();
    }
    return share;
  }

  /** The ledger must hold what the outside service says; both learned it apart. */
  private void reckon(Scene scene, Scene.Person person, String level, long share) {
    JsonNode page =
        scene.await(
            "commissions of outside orders",
            () -> person.api().get("/partner/v1/commissions?pageSize=100"),
            answer -> share < 0 || sum(answer, "earnedFen") - sum(answer, "reversedFen") == share);
    JsonNode balance =
        scene.await(
            "released commission of outside orders",
            () -> person.api().get("/partner/v1/balance"),
            answer -> sum(page, "releasedFen") == 0 || answer.path("availableFen").asLong() > 0);
    rows.add(
        new StoryResult.CommissionRow(
            person.name(),
            level,
            "CPS",
            sum(page, "earnedFen"),
            sum(page, "reversedFen"),
            balance.path("availableFen").asLong() - had(person).availableFen(),
            balance.path("paidFen").asLong() - had(person).paidFen(),
            balance.path("taxWithheldFen").asLong() - had(person).taxFen(),
            balance.path("debtFen").asLong()));
  }

  private StoryResult.CommissionRow had(Scene.Person person) {
    return before.rows().stream()
        .filter(row -> row.distributor().equals(person.name()))
        .findFirst()
        .orElseThrow();
  }

  private static long sum(JsonNode page, String field) {
    long sum = 0;
    for (JsonNode commission : page.path("items")) {
      if (commission.path("source").asText().equals("CPS")) {
        sum += commission.path(field).asLong();
      }
    }
    return sum;
  }
}
