package io.siyu.mall.sandbox.taobao;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code taobao.tbk.order.refund.get} against the examples of its page in Alibaba's documents. */
class DisputesTest {
  static final String TRADE = "1707359271433894971";

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

  /** The dispute of the page's example: raised, granted, and deducted the next night. */
  private void example() {
    control.taobaoOrder(
        Json.object(
            "tradeId",
            TRADE,
            "relationId",
            "2900000001",
            "commissionFen",
            1_000,
            "at",
            Instant.parse("2022-10-19T06:33:06Z")));
    control.taobaoAdvance(
        TRADE, Json.object("status", "SETTLED", "at", Instant.parse("2022-10-19T06:39:31Z")));
    dispute("12345", 4, "2022-10-19T06:41:22Z");
    dispute("12345", 2, "2022-10-19T06:42:29Z");
    dispute("12345", 13, "2022-10-19T19:26:23Z");
  }

  private void dispute(String suit, int status, String at) {
    control.taobaoClawback(
        TRADE,
        Json.object(
            "suitId",
            suit,
            "status",
            status,
            "feeFen",
            450,
            "subsidyFen",
            50,
            "serviceFeeFen",
            45,
            "agentFeeFen",
            5,
            "at",
            Instant.parse(at)));
  }

  /** The option of the page's example; its page number is 0. */
  private static ObjectNode option() {
    return Json.object(
        "order_scene",
        1,
        "page_size",
        1,
        "query_type",
        1,
        "page_no",
        0,
        "start_time",
        "2022-10-19 14:00:00",
        "member_type",
        1,
        "end_time",
        "2022-10-19 15:00:00");
  }

  @Test
  void theExampleOfThePage() {
    example();
    JsonNode data = ask(option()).path("result").path("data");
    JsonNode one = data.path("result").get(0);
    assertThat(one.get("refund_suit_id").asText()).isEqualTo("12345");
    assertThat(one.get("tb_trade_parent_id").asText()).isEqualTo(TRADE);
    assertThat(one.get("tb_trade_id").asText()).isEqualTo(TRADE);
    assertThat(one.get("tb_trade_create_time").asText()).isEqualTo("2022-10-19 14:33:06");
    assertThat(one.get("earning_time").asText()).isEqualTo("2022-10-19 14:39:31");
    assertThat(one.get("tk_refund_time").asText()).isEqualTo("2022-10-19 14:41:22");
    assertThat(one.get("tk_refund_suit_time").asText()).isEqualTo("2022-10-19 14:42:29");
    assertThat(one.get("modified_time").asText()).isEqualTo("2022-10-20 03:26:23");
    assertThat(one.get("refund_status").asInt()).isEqualTo(13);
    assertThat(one.get("tk_commission_fee_refund").asText()).isEqualTo("4.50");
    assertThat(one.get("tk_subsidy_fee_refund").asText()).isEqualTo("0.50");
    assertThat(one.get("tk_commission_alimm_refund_fee").asText()).isEqualTo("0.45");
    assertThat(one.get("tk_commission_agent_refund_fee").asText()).isEqualTo("0.05");
    assertThat(one.get("show_return_fee").asText()).isEqualTo("5.50");
    assertThat(data.get("has_next").asBoolean()).isFalse();
    assertThat(ask(option()).path("result").path("result_code").asInt()).isEqualTo(200);
  }

  @Test
  void theSamePageMayStandByItself() {
    example();
    control.taobaoSettings(Json.object("refundsWrapped", false));
    assertThat(
            ask(option())
                .path("data")
                .path("result")
                .path("publisher_refund_order_d_t_o")
                .get(0)
                .path("refund_suit_id")
                .asText())
        .isEqualTo("12345");
  }

  @Test
  void aDisputeIsFoundByTheTimeThatIsAskedFor() {
    example();
    assertThat(found(option().put("query_type", 2))).containsExactly("12345");
    assertThat(found(option().put("query_type", 3))).containsExactly("12345");
    dispute("5", 4, "2023-02-01T00:00:00Z");
    ObjectNode later =
        option().put("start_time", "2023-02-01 08:00:00").put("end_time", "2023-02-01 09:00:00");
    assertThat(found(later)).containsExactly("5");
    assertThat(found(later.deepCopy().put("query_type", 3))).as("not decided").isEmpty();
    assertThat(found(later.deepCopy().put("query_type", 5))).containsExactly("5");
    assertThat(found(later.deepCopy().put("query_type", 4))).as("by the order").isEmpty();
    assertThat(found(later.deepCopy().put("member_type", 2))).as("others'").isEmpty();
    assertThat(found(later.deepCopy().put("member_type", 4))).containsExactly("5");
  }

  @Test
  void aDecisionMayBeTakenBack() {
    example();
    dispute("12345", 3, "2023-02-01T00:00:00Z");
    JsonNode one = ask(option()).path("result").path("data").path("result").get(0);
    assertThat(one.get("refund_status").asInt()).isEqualTo(3);
    assertThat(one.get("tk_refund_time").asText()).isEqualTo("2022-10-19 14:41:22");
    assertThat(one.get("tk_refund_suit_time").asText()).isEqualTo("2023-02-01 08:00:00");
    assertThat(one.get("modified_time").asText()).isEqualTo("2023-02-01 08:00:00");
  }

  @Test
  void pagesByPosition() {
    example();
    for (int i = 0; i < 6; i++) {
      dispute("7" + i, 4, "2022-10-19T06:50:00Z");
    }
    List<String> seen = new ArrayList<>();
    ObjectNode option = option().put("page_size", 3).put("page_no", 1);
    boolean more = true;
    while (more) {
      JsonNode data = ask(option).path("result").path("data");
      data.path("result").forEach(one -> seen.add(one.path("refund_suit_id").asText()));
      more = data.get("has_next").asBoolean();
      option
          .put("page_no", option.get("page_no").asInt() + 1)
          .put("position_index", data.get("position_index").asText())
          .put("jump_type", 1);
    }
    assertThat(seen).containsExactly("12345", "70", "71", "72", "73", "74", "75");
  }

  @Test
  void tellsInTheAnswerWhatIsWrongWithTheOption() {
    assertThat(ask(without("start_time")).get("biz_error_desc").asText()).isEqualTo("开始时间不能为空");
    assertThat(error(without("start_time"))).isEqualTo(101);
    for (String needed :
        List.of("end_time", "query_type", "page_size", "page_no", "order_scene", "member_type")) {
      assertThat(error(without(needed))).as(needed).isEqualTo(101);
    }
    assertThat(error(option().put("page_size", 101))).isEqualTo(102);
    assertThat(error(option().put("query_type", 6))).isEqualTo(102);
    assertThat(error(option().put("query_type", 5))).as("before December 2022").isEqualTo(102);
    assertThat(error(option().put("order_scene", 2))).isEqualTo(102);
    assertThat(error(option().put("member_type", 3))).isEqualTo(102);
    assertThat(error(option().put("start_time", "2022-10-19T14:00:00"))).isEqualTo(102);
    assertThat(error(option().put("end_time", "2022-10-19 17:00:01"))).as("3 h").isEqualTo(103);
    assertThat(error(option().put("page_no", 2))).as("a position is needed").isEqualTo(101);
    JsonNode nothing = taobao.call("taobao.tbk.order.refund.get", Map.of());
    assertThat(nothing.path("tbk_order_refund_get_response").path("biz_error_code").asInt())
        .isEqualTo(101);
    assertThat(
            taobao
                .call(
                    "taobao.tbk.order.refund.get",
                    Map.of("publisher_refund_order_query_option", "[]"))
                .path("error_response")
                .path("code")
                .asInt())
        .isEqualTo(41);
  }

  @Test
  void theOlderInterfaceIsNotThere() {
    assertThat(
            taobao
                .call("taobao.tbk.relation.refund", Map.of("search_option", "{}"))
                .path("error_response")
                .path("code")
                .asInt())
        .isEqualTo(22);
  }

  private static ObjectNode without(String name) {
    ObjectNode option = option();
    option.remove(name);
    return option;
  }

  private int error(ObjectNode option) {
    return ask(option).path("biz_error_code").asInt();
  }

  private List<String> found(ObjectNode option) {
    return ask(option)
        .path("result")
        .path("data")
        .path("result")
        .findValuesAsText("refund_suit_id");
  }

  private JsonNode ask(ObjectNode option) {
    return taobao
        .call(
            "taobao.tbk.order.refund.get",
            Map.of("publisher_refund_order_query_option", Json.text(option)))
        .get("tbk_order_refund_get_response");
  }
}
