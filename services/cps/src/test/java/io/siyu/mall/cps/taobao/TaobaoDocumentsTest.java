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
  void clawbacks() {
    assertEquals(Clawback.State.OPEN, clawback(4).state());
    assertEquals(Clawback.State.DROPPED, clawback(3).state());
    assertEquals(Clawback.State.EFFECTIVE, clawback(2).state());
    assertEquals(Clawback.State.EFFECTIVE, clawback(13).state());
    assertEquals(Money.fen(150), clawback(2).amount());
    assertThrows(IllegalArgumentException.class, () -> clawback(99));
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

  private static Clawback clawback(int status) {
    return TaobaoDocuments.clawback(
        json(
            "{\"refund_suit_id\":\"5\",\"tb_trade_id\":\"34\",\"tb_trade_parent_id\":\"12\","
                + "\"tk_refund_suit_time\":\"2026-06-01 08:00:00\","
                + "\"tk_commission_fee_refund\":\"1.50\",\"refund_status\":"
                + status
                + "}"));
  }

  private static JsonNode json(String text) {
    try {
      return TopClient.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
