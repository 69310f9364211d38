package io.siyu.mall.cps.taobao;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.cps.order.Clawback;
import io.siyu.mall.cps.order.CpsOrderState;
import io.siyu.mall.cps.order.OrderDocument;
import io.siyu.mall.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaobaoDocumentsTest {

  @Test
  void aPaidOrder() {
    OrderDocument d = order("\"tk_status\":12");
    assertEquals(CpsOrderState.PAID, d.state());
    assertEquals(Money.fen(888), d.estimated(), "9.99 less the fee of 1.11");
    assertNull(d.settled());
    assertNull(d.payableFrom());
    assertEquals(Instant.parse("2026-06-01T00:00:00Z"), d.createdAt());
    assertEquals("2900000001", d.subAffiliateId());
    assertEquals("12", d.key().orderNo());
    assertEquals("34", d.key().subOrderNo());
  }

  @Test
  void aSettledOrder() {
    OrderDocument d =
        order(
            "\"tk_status\":3,\"pub_share_fee\":\"8.009\",\"tk_earning_time\":\"2026-06-20 08:00:00\"");
    assertEquals(Money.fen(689), d.settled(), "less than a fen is promised to nobody");
    assertEquals(Instant.parse("2026-06-20T00:00:00Z"), d.settledAt());
    assertEquals(d.settledAt().plus(Duration.ofDays(1)), d.payableFrom());
  }

  @Test
  void aReceivedOrderWasReceivedWhenItChanged() {
    assertEquals(
        Instant.parse("2026-06-05T00:00:00Z"),
        order("\"tk_status\":14,\"modified_time\":\"2026-06-05 08:00:00\"").receivedAt());
  }

  @Test
  void aFeeAboveTheCommissionLeavesNothing() {
    assertEquals(Money.ZERO, order("\"tk_status\":12,\"alimama_share_fee\":\"10.00\"").estimated());
  }

  @Test
  void anUnknownStateIsNotGuessed() {
    assertThrows(IllegalArgumentException.class, () -> order("\"tk_status\":77"));
    assertThrows(RuntimeException.class, () -> order("\"tk_status\":12,\"trade_id\":null"));
  }

  @Test
  void aSettledOrderThatDoesNotSayForHowMuchIsNotTakenForNothing() {
    assertThrows(RuntimeException.class, () -> order("\"tk_status\":3"));
  }

  @Test
  void clawbacks() {
    Map<Integer, Clawback.State> states =
        Map.of(
            4, Clawback.State.OPEN,
            11, Clawback.State.OPEN,
            3, Clawback.State.DROPPED,
            14, Clawback.State.DROPPED,
            15, Clawback.State.DROPPED,
            2, Clawback.State.EFFECTIVE,
            12, Clawback.State.EFFECTIVE,
            13, Clawback.State.EFFECTIVE);
    states.forEach((status, state) -> assertEquals(state, clawback(status).state(), "" + status));
    assertThrows(IllegalArgumentException.class, () -> clawback(99));
  }

  /** The times and numbers of the example in the documents of the method (apiId 65180). */
  @Test
  void aClawbackIsCommissionAndSubsidyWithoutTheFeesAndHasThreeTimes() {
    Clawback one = clawback(13);
    assertEquals("12345", one.refundNo());
    assertEquals("1707359271433894971", one.order().orderNo());
    assertEquals(Money.fen(500), one.amount(), "4.50 and 0.509, less than a fen is nobody's");
    assertEquals(Money.fen(50), one.subsidy());
    assertEquals(Money.fen(45 + 5 + 4 + 1), one.fee());
    assertEquals(Instant.parse("2022-10-19T06:41:22Z"), one.raisedAt());
    assertEquals(Instant.parse("2022-10-19T06:42:29Z"), one.decidedAt());
    assertEquals(Instant.parse("2022-10-19T19:26:23Z"), one.modifiedAt());
    assertNull(clawback(11).decidedAt(), "it is open");
  }

  @Test
  void aClawbackInTheWordsOfTheOlderInterfaceIsNotTakenForNothing() {
    String older =
        CLAWBACK.replace("tk_commission_fee_refund", "tk_commission_fee_refund_pub") + "2}";
    assertThrows(RuntimeException.class, () -> TaobaoDocuments.clawback(json(older)));
    String numberless = CLAWBACK.replace("refund_suit_id", "id") + "2}";
    assertThrows(RuntimeException.class, () -> TaobaoDocuments.clawback(json(numberless)));
  }

  private static OrderDocument order(String more) {
    return TaobaoDocuments.order(
        json(
            "{\"trade_id\":\"34\",\"trade_parent_id\":\"12\",\"relation_id\":2900000001,"
                + "\"tk_create_time\":\"2026-06-01 08:00:00\",\"pub_share_pre_fee\":\"9.99\","
                + "\"alimama_share_fee\":\"1.11\",\"alipay_total_price\":\"99.00\","
                + more
                + "}"),
        settled -> settled.plus(Duration.ofDays(1)));
  }

  private static final String CLAWBACK =
      "{\"refund_suit_id\":\"12345\",\"tb_trade_parent_id\":\"1707359271433894971\","
          + "\"tb_trade_id\":\"1707359271433894971\","
          + "\"tb_trade_create_time\":\"2022-10-19 14:33:06\","
          + "\"earning_time\":\"2022-10-19 14:39:31\","
          + "\"tk_refund_time\":\"2022-10-19 14:41:22\","
          + "\"tk_refund_suit_time\":\"2022-10-19 14:42:29\","
          + "\"modified_time\":\"2022-10-20 03:26:23\","
          + "\"tk_commission_fee_refund\":\"4.50\",\"tk_subsidy_fee_refund\":\"0.509\","
          + "\"tk_commission_alimm_refund_fee\":\"0.45\","
          + "\"tk_subsidy_alimm_refund_fee\":\"0.05\","
          + "\"tk_commission_agent_refund_fee\":\"0.04\","
          + "\"tk_subsidy_agent_refund_fee\":\"0.01\",\"show_return_fee\":\"5.55\","
          + "\"refund_status\":";

  private static Clawback clawback(int status) {
    return TaobaoDocuments.clawback(json(CLAWBACK + status + "}"));
  }

  private static JsonNode json(String text) {
    try {
      return TopClient.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
