package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One transfer to a user.
 *
 * @param request as the merchant sent it, without the encrypted name; a repetition must equal it
 * @param userName the name decrypted, or null if none was given
 * @param packageInfo with what the mini-program asks the user to confirm
 * @param failReason null unless it failed
 */
public record Transfer(
    String outBillNo,
    String transferBillNo,
    JsonNode request,
    String userName,
    String packageInfo,
    State state,
    String failReason,
    Instant created,
    Instant updated) {

  /** WeChat Pay's transfer {@code state}; the spelling is theirs. */
  public enum State {
    ACCEPTED,
    PROCESSING,
    WAIT_USER_CONFIRM,
    TRANSFERING,
    SUCCESS,
    FAIL,
    CANCELING,
    CANCELLED;

    boolean isFinal() {
      return this == SUCCESS || this == FAIL || this == CANCELLED;
    }
  }

  /** In fen. */
  public long amountFen() {
    return request.get("transfer_amount").longValue();
  }

  /** Whom it goes to. */
  public String openid() {
    return request.get("openid").textValue();
  }

  String notifyUrl() {
    return request.path("notify_url").asText(null);
  }

  Transfer in(State other, String reason, Instant now) {
    return new Transfer(
        outBillNo, transferBillNo, request, userName, packageInfo, other, reason, created, now);
  }
}
