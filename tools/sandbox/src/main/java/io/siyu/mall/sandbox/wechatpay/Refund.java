package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One refund.
 *
 * @param request as the merchant sent it; a repetition must equal it
 * @param amountFen in fen
 * @param finished null while it is under way
 * @param redirected how the merchant had an abnormal one handled; null if it did not
 */
public record Refund(
    String outRefundNo,
    String refundId,
    String outTradeNo,
    JsonNode request,
    long amountFen,
    State state,
    Instant created,
    Instant finished,
    String redirected) {

  /** WeChat Pay's refund {@code status}. */
  public enum State {
    PROCESSING,
    SUCCESS,
    /** Ended without effect; may be asked for again under the same number. */
    CLOSED,
    /** The payer's account cannot take the money; the merchant has to act by hand. */
    ABNORMAL
  }

  Refund in(State other, Instant when) {
    return new Refund(
        outRefundNo, refundId, outTradeNo, request, amountFen, other, created, when, redirected);
  }

  /** Under way again, to where the merchant wants it. */
  Refund redirect(String type) {
    return new Refund(
        outRefundNo,
        refundId,
        outTradeNo,
        request,
        amountFen,
        State.PROCESSING,
        created,
        null,
        type);
  }

  String notifyUrl() {
    return request.path("notify_url").asText(null);
  }
}
