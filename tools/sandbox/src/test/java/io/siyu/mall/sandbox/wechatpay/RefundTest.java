package io.siyu.mall.sandbox.wechatpay;

import static io.siyu.mall.sandbox.wechatpay.PaymentTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.model.Refund;
import com.wechat.pay.java.service.refund.model.RefundNotification;
import com.wechat.pay.java.service.refund.model.Status;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefundTest {
  Sandbox sandbox;
  SandboxClient control;
  Receiver receiver;
  Merchant merchant;

  @BeforeEach
  void open() throws IOException {
    // No distance between partial refunds, except where it is the subject.
    open(0);
  }

  private void open(double timeScale) throws IOException {
    sandbox = Worlds.start(config -> config.withTimeScale(timeScale));
    control = sandbox.client();
    receiver = new Receiver();
    merchant = new Merchant(sandbox.url(), receiver.url("/refunded"), control.openid("小雨"));
  }

  @AfterEach
  void close() {
    receiver.close();
    sandbox.close();
  }

  @Test
  void aPartialRefundFromRequestToNotification() {
    String order = paid(10_000);
    Refund refund = merchant.refund(order, "R" + order, 2_500, 10_000);
    assertThat(refund.getStatus()).isEqualTo(Status.PROCESSING);
    assertThat(refund.getAmount().getRefund()).isEqualTo(2_500);
    assertThat(refund.getAmount().getTotal()).isEqualTo(10_000);

    await().until(() -> merchant.queryRefund("R" + order).getStatus() == Status.SUCCESS);
    assertThat(merchant.query(order).getTradeState()).isEqualTo(Transaction.TradeStateEnum.REFUND);

    RefundNotification told = awaitNotification("R" + order);
    assertThat(told.getRefundStatus()).isEqualTo(Status.SUCCESS);
    assertThat(told.getRefundId()).isEqualTo(refund.getRefundId());
    assertThat(told.getTransactionId()).isEqualTo(refund.getTransactionId());
    assertThat(told.getAmount().getRefund()).isEqualTo(2_500);
    assertThat(receiver.at("/refunded").get(1).body()).contains("REFUND.SUCCESS");
  }

  @Test
  void theSameNumberIsTheSameRefund() {
    String order = paid(10_000);
    Refund first = merchant.refund(order, "R" + order, 2_500, 10_000);
    assertThat(merchant.refund(order, "R" + order, 2_500, 10_000).getRefundId())
        .isEqualTo(first.getRefundId());
    assertRefused(() -> merchant.refund(order, "R" + order, 2_501, 10_000), 400, "INVALID_REQUEST");
    merchant.refund(order, "S" + order, 7_500, 10_000);
    assertRefused(() -> merchant.refund(order, "U" + order, 1, 10_000), 400, "INVALID_REQUEST");
  }

  @Test
  void neverMoreThanWasPaid() {
    String order = paid(10_000);
    assertRefused(() -> merchant.refund(order, "A" + order, 10_001, 10_000), 400, "PARAM_ERROR");
    assertRefused(() -> merchant.refund(order, "A" + order, 9_999, 9_999), 400, "INVALID_REQUEST");
    merchant.refund(order, "A" + order, 6_000, 10_000);
    assertRefused(() -> merchant.refund(order, "B" + order, 4_001, 10_000), 400, "INVALID_REQUEST");
    merchant.refund(order, "B" + order, 4_000, 10_000);
  }

  @Test
  void concurrentRefundsNeverExceedWhatWasPaid() throws Exception {
    String order = paid(1_000);
    ExecutorService callers = Executors.newFixedThreadPool(10);
    List<Callable<Boolean>> calls =
        java.util.stream.IntStream.range(0, 10)
            .<Callable<Boolean>>mapToObj(
                i ->
                    () -> {
                      try {
                        merchant.refund(order, "R" + i + order, 300, 1_000);
                        return true;
                      } catch (ServiceException refused) {
                        return false;
                      }
                    })
            .toList();
    long accepted = 0;
    for (var result : callers.invokeAll(calls)) {
      accepted += result.get() ? 1 : 0;
    }
    callers.shutdown();
    assertThat(accepted).isEqualTo(3);
  }

  @Test
  void atMostFiftyPartialRefunds() {
    String order = paid(10_000);
    for (int i = 0; i < 50; i++) {
      merchant.refund(order, "R" + i + order, 1, 10_000);
    }
    assertRefused(() -> merchant.refund(order, "Z" + order, 1, 10_000), 400, "INVALID_REQUEST");
  }

  @Test
  void partialRefundsAreAMinuteApart() throws IOException {
    close();
    open(1);
    String order = paid(10_000);
    merchant.refund(order, "A" + order, 1, 10_000);
    assertRefused(() -> merchant.refund(order, "B" + order, 1, 10_000), 429, "FREQUENCY_LIMITED");
    merchant.refund(order, "A" + order, 1, 10_000);
  }

  @Test
  void onlyWhatWasPaidIsRefunded() {
    assertRefused(() -> merchant.refund("T0000000", "R1", 1, 1), 404, "RESOURCE_NOT_EXISTS");
    assertRefused(() -> merchant.queryRefund("R-unknown"), 404, "RESOURCE_NOT_EXISTS");
    String order = Merchant.number("T");
    merchant.prepay(order, 100);
    assertRefused(() -> merchant.refund(order, "R" + order, 100, 100), 400, "INVALID_REQUEST");
  }

  @Test
  void aClosedRefundIsAskedForAgainUnderItsNumber() {
    String order = paid(1_000);
    control.misbehave(
        Json.object(
            "operation", "wechat-pay.refund-result",
            "kind", "FAIL",
            "remaining", 1,
            "code", "CLOSED"));
    merchant.refund(order, "R" + order, 1_000, 1_000);
    await().until(() -> merchant.queryRefund("R" + order).getStatus() == Status.CLOSED);
    assertThat(awaitNotification("R" + order).getRefundStatus()).isEqualTo(Status.CLOSED);
    assertThat(merchant.query(order).getTradeState()).isEqualTo(Transaction.TradeStateEnum.SUCCESS);
    merchant.refund(order, "R" + order, 1_000, 1_000);
    await().until(() -> merchant.queryRefund("R" + order).getStatus() == Status.SUCCESS);
  }

  @Test
  void anAbnormalRefundHoldsTheMoneyUntilItIsEndedByHand() {
    String order = paid(1_000);
    control.misbehave(
        Json.object(
            "operation", "wechat-pay.refund-result",
            "kind", "FAIL",
            "remaining", 1,
            "code", "ABNORMAL"));
    merchant.refund(order, "R" + order, 1_000, 1_000);
    await().until(() -> merchant.queryRefund("R" + order).getStatus() == Status.ABNORMAL);
    assertRefused(() -> merchant.refund(order, "S" + order, 1, 1_000), 400, "INVALID_REQUEST");
    control.finishRefund("R" + order, "SUCCESS");
    assertThat(merchant.queryRefund("R" + order).getStatus()).isEqualTo(Status.SUCCESS);
  }

  private String paid(int fen) {
    String order = Merchant.number("T");
    merchant.prepay(order, fen);
    control.pay(order);
    return order;
  }

  private RefundNotification awaitNotification(String number) {
    var parser = merchant.parser();
    return await()
        .until(
            () ->
                receiver.at("/refunded").stream()
                    .filter(r -> r.body().contains("REFUND."))
                    .map(r -> parser.parse(r.param(), RefundNotification.class))
                    .filter(n -> number.equals(n.getOutRefundNo()))
                    .findFirst()
                    .orElse(null),
            n -> n != null);
  }
}
