package io.siyu.mall.sandbox.taobao;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaobaoTest {
  static final String ORDERS = "taobao.tbk.order.details.get";
  static final String CONVERT = "taobao.tbk.dg.general.link.convert";
  static final String REGISTER = "taobao.tbk.sc.publisher.info.save";
  static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");

  Sandbox sandbox;
  SandboxClient control;
  TopCaller taobao;

  @BeforeEach
  void open() {
    sandbox = Worlds.start();
    control = sandbox.client();
    taobao = new TopCaller(sandbox.url(), Worlds.KEYS.taobao());
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void bothSignaturesAreAccepted() {
    assertThat(window(3 * 3600).has("tbk_order_details_get_response")).isTrue();
    taobao.signMethod = "hmac";
    assertThat(window(3 * 3600).has("tbk_order_details_get_response")).isTrue();
  }

  @Test
  void refusesWhatTheGatewayRefuses() {
    taobao.overrides.put("sign", "0".repeat(32));
    assertThat(code(window(60))).isEqualTo(25);
    taobao.overrides.clear();
    taobao.overrides.put("start_time", "2026-10-01 00:00:01");
    assertThat(code(window(60))).as("a parameter changed after signing").isEqualTo(25);
    taobao.overrides.clear();
    taobao.overrides.put("app_key", "1");
    assertThat(code(window(60))).isEqualTo(29);
    taobao.overrides.clear();
    taobao.now = Instant.now().minusSeconds(601);
    assertThat(code(window(60))).isEqualTo(31);
    taobao.now = Instant.now().plusSeconds(601);
    assertThat(code(window(60))).isEqualTo(31);
    taobao.now = Instant.now();
    assertThat(code(taobao.call("taobao.tbk.nothing", Map.of()))).isEqualTo(22);
  }

  @Test
  void refusesWindowsAndPagesThatAreTooLarge() {
    assertThat(subCode(window(3 * 3600 + 1))).isEqualTo("isv.invalid-parameter");
    assertThat(subCode(page(FROM, 3600, 101, 1, null))).isEqualTo("isv.invalid-parameter");
    assertThat(subCode(page(FROM, 3600, 100, 2, null))).isEqualTo("isv.invalid-parameter");
    control.taobaoSettings(Json.object("windowMinutes", 20));
    assertThat(subCode(window(1201))).isEqualTo("isv.invalid-parameter");
    assertThat(window(1200).has("tbk_order_details_get_response")).isTrue();
  }

  @Test
  void throttles() {
    control.taobaoSettings(Json.object("callsPerSecond", 0));
    JsonNode answer = window(60);
    assertThat(code(answer)).isEqualTo(7);
    assertThat(subCode(answer)).isEqualTo("isp.call-limited");
    assertThat(control.taobaoCalls().get("limited").asInt()).isEqualTo(1);
  }

  @Test
  void pagesThroughManyOrdersOnce() {
    control.taobaoBatch(
        Json.object(
            "count",
            1_000,
            "from",
            FROM,
            "to",
            FROM.plusSeconds(3600),
            "relationIds",
            List.of("2900000000", "2900000001")));
    control.taobaoOrder(Json.object("at", FROM.plusSeconds(1800), "relationId", "2900000000"));
    Set<String> seen = new HashSet<>();
    String position = null;
    int page = 1;
    boolean more = true;
    while (more) {
      JsonNode data =
          page(FROM, 3600, 100, page, position).get("tbk_order_details_get_response").get("data");
      for (JsonNode order : data.get("results").get("publisher_order_dto")) {
        assertThat(seen.add(order.get("trade_id").asText())).isTrue();
      }
      position = data.path("position_index").asText(null);
      more = data.get("has_next").asBoolean();
      page++;
    }
    assertThat(seen).hasSize(1_001);
    assertThat(page).isEqualTo(12);
  }

  @Test
  void anOrderIsFoundByTheTimeThatIsAskedFor() {
    String id =
        control.taobaoOrder(Json.object("at", FROM, "relationId", "1")).get("tradeId").asText();
    assertThat(found(1, FROM)).containsExactly(id);
    assertThat(found(3, FROM)).isEmpty();
    Instant later = FROM.plusSeconds(864_000);
    control.taobaoAdvance(id, Json.object("status", "SETTLED", "at", later, "commissionFen", 800));
    assertThat(found(1, FROM)).containsExactly(id);
    assertThat(found(3, later)).containsExactly(id);
    assertThat(found(4, later)).containsExactly(id);
    assertThat(found(4, FROM)).isEmpty();
    JsonNode order = orders(3, later).get(0);
    assertThat(order.get("tk_status").asInt()).isEqualTo(3);
    assertThat(order.get("pub_share_fee").asText()).isEqualTo("8.00");
    assertThat(order.get("tk_create_time").asText()).isEqualTo("2026-10-01 08:00:00");
  }

  @Test
  void linksNeedARegisteredChannel() {
    String adzone = Worlds.KEYS.taobao().adzoneId();
    assertThat(
            subCode(
                taobao.call(
                    CONVERT,
                    Map.of("adzone_id", adzone, "item_id_list", "655", "relation_id", "1"))))
        .isEqualTo("isv.invalid-parameter");
    String relation = register("b");
    assertThat(register("b")).isEqualTo(relation);
    assertThat(register("c")).isNotEqualTo(relation);
    JsonNode link =
        taobao
            .call(
                CONVERT,
                Map.of("adzone_id", adzone, "item_id_list", "655123", "relation_id", relation))
            .findValue("link_info_dto");
    assertThat(link.get("cps_long_url").asText()).contains("655123").contains(relation);
    assertThat(link.get("cps_short_url").asText()).startsWith("https://s.click.taobao.com/");
  }

  @Test
  void canMisbehave() {
    control.misbehave(
        Json.object(
            "operation",
            "taobao.rest",
            "kind",
            "FAIL",
            "code",
            "isp.call-limited",
            "status",
            200,
            "remaining",
            1));
    assertThat(subCode(window(60))).isEqualTo("isp.call-limited");
    assertThat(window(60).has("tbk_order_details_get_response")).isTrue();
  }

  private String register(String note) {
    return taobao
        .call(REGISTER, Map.of("inviter_code", "X", "info_type", "1", "note", note))
        .findValue("relation_id")
        .asText();
  }

  private List<String> found(int type, Instant at) {
    return orders(type, at).findValuesAsText("trade_id");
  }

  private JsonNode orders(int type, Instant at) {
    return taobao
        .call(
            ORDERS,
            Map.of(
                "query_type", "" + type,
                "start_time", TopCall.text(at),
                "end_time", TopCall.text(at.plusSeconds(60))))
        .findValue("publisher_order_dto");
  }

  private JsonNode window(int seconds) {
    return page(FROM, seconds, 100, 1, null);
  }

  private JsonNode page(Instant from, int seconds, int size, int page, String position) {
    Map<String, String> business = new HashMap<>();
    business.put("query_type", "1");
    business.put("start_time", TopCall.text(from));
    business.put("end_time", TopCall.text(from.plusSeconds(seconds)));
    business.put("page_size", "" + size);
    business.put("page_no", "" + page);
    if (position != null) {
      business.put("position_index", position);
      business.put("jump_type", "1");
    }
    return taobao.call(ORDERS, business);
  }

  private static int code(JsonNode answer) {
    return answer.path("error_response").path("code").asInt();
  }

  private static String subCode(JsonNode answer) {
    return answer.path("error_response").path("sub_code").asText();
  }
}
