package io.siyu.mall.sandbox.wechatpay;

import static io.siyu.mall.sandbox.control.ControlApi.read;
import static io.siyu.mall.sandbox.control.ControlApi.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.http.Route;
import io.siyu.mall.sandbox.platform.Credentials;
import io.siyu.mall.sandbox.wechatpay.Notification.Variety;
import java.util.List;
import java.util.function.Function;

/** What users and WeChat Pay itself do, on demand. */
final class PayControl {
  private final Credentials credentials;
  private final Payments payments;
  private final Refunds refunds;
  private final Transfers transfers;
  private final Notifier notifier;

  PayControl(
      Credentials credentials,
      Payments payments,
      Refunds refunds,
      Transfers transfers,
      Notifier notifier) {
    this.credentials = credentials;
    this.payments = payments;
    this.refunds = refunds;
    this.transfers = transfers;
    this.notifier = notifier;
  }

  List<Route> routes() {
    String base = "/sandbox/wechat-pay";
    return List.of(
        route("POST", base + "/pay", r -> Answer.ok(pay(read(r, PayWanted.class)))),
        route(
            "GET",
            base + "/payments",
            r -> list(r, "outTradeNo", payments.all(), Payment::outTradeNo)),
        route(
            "GET",
            base + "/refunds",
            r -> list(r, "outRefundNo", refunds.all(), Refund::outRefundNo)),
        route(
            "POST",
            base + "/refunds/{number}/finish",
            r -> Answer.ok(finish(r.variable("number"), read(r, FinishWanted.class)))),
        route(
            "GET",
            base + "/transfers",
            r -> list(r, "outBillNo", transfers.all(), Transfer::outBillNo)),
        route(
            "POST",
            base + "/transfers/{number}/confirm",
            r ->
                Answer.ok(
                    transfers.confirm(
                        r.variable("number"), read(r, ConfirmWanted.class).packageInfo()))),
        route(
            "POST",
            base + "/transfers/{number}/fail",
            r -> Answer.ok(fail(r.variable("number"), read(r, FailWanted.class)))),
        route(
            "GET",
            base + "/notifications",
            r -> list(r, "subject", notifier.all(), Notification::subject)),
        route(
            "POST", base + "/notifications/send", r -> Answer.ok(send(read(r, SendWanted.class)))));
  }

  /**
   * Either names the order, or repeats what the mini-program would hand to {@code
   * wx.requestPayment}; then the merchant's signature is checked as the client does.
   */
  private record PayWanted(
      String prepayId,
      String outTradeNo,
      String openid,
      String appId,
      String timeStamp,
      String nonceStr,
      @JsonProperty("package") String packageValue,
      String signType,
      String paySign) {}

  private record FinishWanted(Refund.State state) {}

  private record ConfirmWanted(String packageInfo) {}

  private record FailWanted(String reason) {}

  private record SendWanted(String id, String subject, Variety variety, Long amountFen) {}

  private Payment pay(PayWanted wanted) {
    return payments.pay(payment(wanted), wanted.openid());
  }

  private Payment payment(PayWanted wanted) {
    if (wanted.paySign() != null) {
      return payments.byPrepayId(signedPrepayId(wanted));
    }
    if (wanted.prepayId() != null) {
      return payments.byPrepayId(wanted.prepayId());
    }
    return payments.byOutTradeNo(wanted.outTradeNo());
  }

  private String signedPrepayId(PayWanted wanted) {
    String message =
        String.join(
            "\n", wanted.appId(), wanted.timeStamp(), wanted.nonceStr(), wanted.packageValue(), "");
    boolean right =
        credentials.appId().equals(wanted.appId())
            && "RSA".equals(wanted.signType())
            && wanted.packageValue() != null
            && wanted.packageValue().startsWith("prepay_id=")
            && Signatures.verify(credentials.merchantPublicKey(), message, wanted.paySign());
    if (!right) {
      throw new Refusal(409, "PAY_SIGN", "支付验证签名失败");
    }
    return wanted.packageValue().substring("prepay_id=".length());
  }

  private Refund finish(String number, FinishWanted wanted) {
    if (wanted.state() == null || wanted.state() == Refund.State.PROCESSING) {
      throw new Refusal(400, "INVALID", "state must be SUCCESS, CLOSED or ABNORMAL");
    }
    return refunds.finish(number, wanted.state());
  }

  private Transfer fail(String number, FailWanted wanted) {
    return transfers.fail(
        number, wanted.reason() == null ? "PAYEE_ACCOUNT_ABNORMAL" : wanted.reason());
  }

  private Notification.Attempt send(SendWanted wanted) {
    Variety variety = wanted.variety() == null ? Variety.GENUINE : wanted.variety();
    return notifier.sendNow(wanted.id(), wanted.subject(), variety, wanted.amountFen()).join();
  }

  private static <T> Answer list(
      Request request, String parameter, List<T> all, Function<T, String> key) {
    String wanted = request.parameter(parameter);
    return Answer.ok(
        all.stream().filter(one -> wanted == null || wanted.equals(key.apply(one))).toList());
  }
}
