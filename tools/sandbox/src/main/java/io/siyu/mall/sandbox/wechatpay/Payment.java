package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One order of the merchant's as WeChat Pay knows it.
 *
 * @param request as the merchant sent it; a repetition must equal it
 * @param prepaid when the current prepay id was given out
 * @param transactionId null until it is paid
 * @param refundedFen of refunds under way and done, in fen
 */
public record Payment(
    String outTradeNo,
    JsonNode request,
    String prepayId,
    Instant created,
    Instant prepaid,
    PaymentState state,
    String transactionId,
    Instant paid,
    long refundedFen,
    int refunds,
    Instant lastRefund) {

  static Payment of(JsonNode request, Instant now) {
    return new Payment(
        request.get("out_trade_no").textValue(),
        request,
        Numbers.prepayId(now),
        now,
        now,
        PaymentState.NOTPAY,
        null,
        null,
        0,
        0,
        null);
  }

  /** What was to be paid, in fen. */
  public long totalFen() {
    return request.get("amount").get("total").longValue();
  }

  /** Who is to pay. */
  public String openid() {
    return request.get("payer").get("openid").textValue();
  }

  String notifyUrl() {
    return request.get("notify_url").textValue();
  }

  Payment withPrepayId(String fresh, Instant now) {
    return new Payment(
        outTradeNo,
        request,
        fresh,
        created,
        now,
        state,
        transactionId,
        paid,
        refundedFen,
        refunds,
        lastRefund);
  }

  Payment pay(Instant now) {
    return new Payment(
        outTradeNo,
        request,
        prepayId,
        created,
        prepaid,
        PaymentState.SUCCESS,
        Numbers.transactionId(now),
        now,
        0,
        0,
        null);
  }

  Payment close() {
    return new Payment(
        outTradeNo,
        request,
        prepayId,
        created,
        prepaid,
        PaymentState.CLOSED,
        null,
        null,
        0,
        0,
        null);
  }

  Payment refund(long fen, Instant now) {
    return refunded(refundedFen + fen, refunds + 1, now);
  }

  /** A refund was closed without effect. */
  Payment unrefund(long fen) {
    return refunded(refundedFen - fen, refunds - 1, lastRefund);
  }

  private Payment refunded(long fen, int number, Instant last) {
    return new Payment(
        outTradeNo,
        request,
        prepayId,
        created,
        prepaid,
        number > 0 ? PaymentState.REFUND : PaymentState.SUCCESS,
        transactionId,
        paid,
        fen,
        number,
        last);
  }
}
