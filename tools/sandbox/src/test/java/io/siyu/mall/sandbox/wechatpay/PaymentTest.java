package io.siyu.mall.sandbox.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest;
import com.wechat.pay.java.service.payments.jsapi.model.PrepayWithRequestPaymentResponse;
import com.wechat.pay.java.service.payments.model.Transaction;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentTest {
  static Sandbox sandbox;
  static SandboxClient control;
  static Receiver receiver;
  static Merchant merchant;

  @BeforeAll
  static void open() throws IOException {
    sandbox = Worlds.start();
    control = sandbox.client();
    receiver = new Receiver();
    merchant = new Merchant(sandbox.url(), receiver.url("/paid"), control.openid("小雨"));
  }

  @AfterAll
  static void close() {
    receiver.close();
    sandbox.close();
  }

  @Test
  void aPaymentFromPrepayToNotification() {
    String number = Merchant.number("T");
    PrepayWithRequestPaymentResponse parameters = merchant.prepay(number, 12_345);
    assertThat(parameters.getPackageVal()).startsWith("prepay_id=wx");
    assertThat(merchant.query(number).getTradeState()).isEqualTo(Transaction.TradeStateEnum.NOTPAY);

    control.pay(clientParameters(parameters, parameters.getPaySign()));

    Transaction paid = merchant.query(number);
    assertThat(paid.getTradeState()).isEqualTo(Transaction.TradeStateEnum.SUCCESS);
    assertThat(paid.getTransactionId()).hasSize(28);
    assertThat(paid.getAmount().getPayerTotal()).isEqualTo(12_345);
    assertThat(paid.getPayer().getOpenid()).isEqualTo(merchant.openid);
    assertThat(OffsetDateTime.parse(paid.getSuccessTime())).isBefore(OffsetDateTime.now());
    assertThat(merchant.queryById(paid.getTransactionId()).getOutTradeNo()).isEqualTo(number);

    Transaction told = awaitNotification(number);
    assertThat(told.getTransactionId()).isEqualTo(paid.getTransactionId());
    assertThat(told.getAmount().getTotal()).isEqualTo(12_345);
    assertThat(told.getAttach()).isEqualTo("门店 1");
  }

  @Test
  void theClientRefusesAForeignPaySign() {
    String number = Merchant.number("T");
    PrepayWithRequestPaymentResponse parameters = merchant.prepay(number, 100);
    String other = merchant.prepay(Merchant.number("T"), 100).getPaySign();
    assertThatThrownBy(() -> control.pay(clientParameters(parameters, other)))
        .hasMessageContaining("PAY_SIGN");
    assertThat(merchant.query(number).getTradeState()).isEqualTo(Transaction.TradeStateEnum.NOTPAY);
  }

  @Test
  void repeatedPrepayWithTheSameParametersGivesTheSamePrepayId() {
    String number = Merchant.number("T");
    assertThat(merchant.prepay(number, 100).getPackageVal())
        .isEqualTo(merchant.prepay(number, 100).getPackageVal());
    assertRefused(() -> merchant.prepay(number, 101), 400, "INVALID_REQUEST");
  }

  @Test
  void aPaidOrderCannotBePrepaidPaidOrClosedAgain() {
    String number = Merchant.number("T");
    merchant.prepay(number, 100);
    control.pay(number);
    assertRefused(() -> merchant.prepay(number, 100), 400, "ORDERPAID");
    assertRefused(() -> merchant.close(number), 400, "ORDERPAID");
    assertThatThrownBy(() -> control.pay(number)).hasMessageContaining("SUCCESS");
  }

  @Test
  void aClosedOrderCannotBePaid() {
    String number = Merchant.number("T");
    merchant.prepay(number, 100);
    merchant.close(number);
    assertThat(merchant.query(number).getTradeState()).isEqualTo(Transaction.TradeStateEnum.CLOSED);
    assertThatThrownBy(() -> control.pay(number)).hasMessageContaining("CLOSED");
    assertRefused(() -> merchant.close(number), 400, "ORDER_CLOSED");
    assertRefused(() -> merchant.prepay(number, 100), 400, "ORDER_CLOSED");
  }

  @Test
  void somebodyElseCannotPay() {
    String number = Merchant.number("T");
    merchant.prepay(number, 100);
    assertThatThrownBy(
            () -> control.pay(Json.object("outTradeNo", number, "openid", control.openid("别人"))))
        .hasMessageContaining("OPENID_MISMATCH");
  }

  @Test
  void unknownOrders() {
    assertRefused(() -> merchant.query("T00000000"), 404, "ORDER_NOT_EXIST");
    assertRefused(() -> merchant.queryById("4200000000"), 404, "ORDER_NOT_EXIST");
    assertRefused(() -> merchant.close("T00000000"), 404, "ORDER_NOT_EXIST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"T1234", "T12345678901234567890123456789012345", "T1234 67", "订单1234567"})
  void refusesWrongOrderNumbers(String number) {
    assertRefused(() -> merchant.prepay(number, 100), 400, "PARAM_ERROR");
  }

  @ParameterizedTest
  @CsvSource({
    "http://shop.example.com/paid",
    "https://shop.example.com/paid?a=1",
    "ftp://127.0.0.1/paid",
    "not a url",
    "http://127.evil.example/paid"
  })
  void refusesNotifyUrlsThatAreNotPlainHttps(String url) {
    assertOrderRefused(order -> order.setNotifyUrl(url), "PARAM_ERROR");
  }

  @Test
  void refusesOrdersThatAreNotWhole() {
    assertOrderRefused(order -> order.setDescription(null), "PARAM_ERROR");
    assertOrderRefused(order -> order.setDescription("长".repeat(128)), "PARAM_ERROR");
    assertOrderRefused(order -> order.setAmount(null), "PARAM_ERROR");
    assertOrderRefused(order -> order.getAmount().setTotal(0), "PARAM_ERROR");
    assertOrderRefused(order -> order.getAmount().setTotal(-1), "PARAM_ERROR");
    assertOrderRefused(order -> order.getAmount().setCurrency("USD"), "PARAM_ERROR");
    assertOrderRefused(order -> order.setPayer(null), "PARAM_ERROR");
    assertOrderRefused(order -> order.getPayer().setOpenid("o".repeat(28)), "PARAM_ERROR");
    assertOrderRefused(order -> order.setTimeExpire("tomorrow"), "PARAM_ERROR");
    assertOrderRefused(order -> order.setTimeExpire("2020-01-01T00:00:00+08:00"), "PARAM_ERROR");
    assertOrderRefused(order -> order.setAppid("wx0000000000000000"), "APPID_MCHID_NOT_MATCH");
    assertOrderRefused(order -> order.setMchid("1900000000"), "MCH_NOT_EXISTS");
  }

  private static void assertOrderRefused(Consumer<PrepayRequest> spoil, String code) {
    PrepayRequest order = merchant.order(Merchant.number("T"), 100);
    spoil.accept(order);
    assertRefused(() -> merchant.jsapi.prepayWithRequestPayment(order), 400, code);
  }

  static void assertRefused(Runnable call, int status, String code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> {
              assertThat(refusal.getErrorCode()).as(refusal.getResponseBody()).isEqualTo(code);
              assertThat(refusal.getHttpStatusCode()).isEqualTo(status);
              assertThat(refusal.getErrorMessage()).isNotEmpty();
            });
  }

  private static Transaction awaitNotification(String number) {
    var parser = merchant.parser();
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                receiver.at("/paid").stream()
                    .map(r -> parser.parse(r.param(), Transaction.class))
                    .filter(t -> number.equals(t.getOutTradeNo()))
                    .findFirst()
                    .orElse(null),
            transaction -> transaction != null);
  }

  private static com.fasterxml.jackson.databind.JsonNode clientParameters(
      PrepayWithRequestPaymentResponse parameters, String paySign) {
    return Json.object(
        "appId", parameters.getAppId(),
        "timeStamp", parameters.getTimeStamp(),
        "nonceStr", parameters.getNonceStr(),
        "package", parameters.getPackageVal(),
        "signType", parameters.getSignType(),
        "paySign", paySign);
  }
}
