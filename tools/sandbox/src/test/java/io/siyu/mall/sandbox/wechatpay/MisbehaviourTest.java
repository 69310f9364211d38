package io.siyu.mall.sandbox.wechatpay;

import static io.siyu.mall.sandbox.wechatpay.PaymentTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.exception.MalformedMessageException;
import com.wechat.pay.java.core.exception.ValidationException;
import com.wechat.pay.java.service.payments.model.Transaction;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How requests misbehave, as the vendor's SDK sees it. */
class MisbehaviourTest {
  Sandbox sandbox;
  SandboxClient control;
  Merchant merchant;

  @BeforeEach
  void open() {
    sandbox = Worlds.start();
    control = sandbox.client();
    merchant = new Merchant(sandbox.url(), "https://shop.example.com/paid", control.openid("小雨"));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void failsWithoutEffectAsOftenAsTold() {
    control.misbehave(
        Json.object(
            "operation", "wechat-pay.prepay",
            "kind", "FAIL",
            "remaining", 2,
            "status", 429,
            "code", "FREQUENCY_LIMITED",
            "message", "频率超限"));
    String order = Merchant.number("T");
    assertRefused(() -> merchant.prepay(order, 100), 429, "FREQUENCY_LIMITED");
    assertRefused(() -> merchant.prepay(order, 100), 429, "FREQUENCY_LIMITED");
    assertRefused(() -> merchant.query(order), 404, "ORDER_NOT_EXIST");
    merchant.prepay(order, 100);
  }

  @Test
  void losesTheAnswerAfterTheEffect() {
    String order = Merchant.number("T");
    merchant.prepay(order, 100);
    control.misbehave("wechat-pay.close", "DROP", 1);
    // The HTTP client may repeat by itself on a broken connection: then it is told of the effect.
    assertThatThrownBy(() -> merchant.close(order))
        .isInstanceOfAny(
            HttpException.class, com.wechat.pay.java.core.exception.ServiceException.class);
    assertThat(merchant.query(order).getTradeState()).isEqualTo(Transaction.TradeStateEnum.CLOSED);
  }

  @Test
  void answersNonsense() {
    control.misbehave("wechat-pay.query", "NONSENSE", 1);
    String order = Merchant.number("T");
    merchant.prepay(order, 100);
    assertThatThrownBy(() -> merchant.query(order))
        .isInstanceOfAny(
            MalformedMessageException.class,
            ValidationException.class,
            com.google.gson.JsonSyntaxException.class);
  }

  @Test
  void signsWithAStrangersKeyOrLongAgo() {
    String order = Merchant.number("T");
    merchant.prepay(order, 100);
    control.misbehave("wechat-pay.query", "FORGED", 1);
    assertThatThrownBy(() -> merchant.query(order)).isInstanceOf(ValidationException.class);
    control.misbehave("wechat-pay.query", "STALE", 1);
    // The SDK names it so; what matters is that the answer does not pass.
    assertThatThrownBy(() -> merchant.query(order)).isInstanceOf(IllegalArgumentException.class);
    assertThat(merchant.query(order).getOutTradeNo()).isEqualTo(order);
  }

  @Test
  void isSlowUntilItIsReset() {
    control.misbehave(
        Json.object("operation", "wechat-pay.*", "kind", "DELAY", "delayMillis", 1_000));
    String order = Merchant.number("T");
    assertThat(millis(() -> merchant.prepay(order, 100))).isGreaterThanOrEqualTo(1_000);
    assertThat(millis(() -> merchant.query(order))).isGreaterThanOrEqualTo(1_000);
    control.reset();
    assertThat(millis(() -> merchant.query(order))).isLessThan(1_000);
  }

  @Test
  void refusesMisbehaviourThatCannotBe() {
    assertThatThrownBy(() -> control.misbehave("wechat-pay.prepaid", "FAIL", 1))
        .hasMessageContaining("wechat-pay.prepay");
    assertThatThrownBy(() -> control.misbehave("wechat-pay.prepay", "DOUBLED", 1))
        .hasMessageContaining("INVALID");
    assertThatThrownBy(() -> control.misbehave("wechat.token", "FORGED", 1))
        .hasMessageContaining("INVALID");
    assertThatThrownBy(() -> control.misbehave("wechat-pay.prepay", "DELAY", 1))
        .hasMessageContaining("delayMillis");
    assertThatThrownBy(() -> control.misbehave("wechat-pay.prepay", "FAIL", 0))
        .hasMessageContaining("remaining");
    assertThatThrownBy(() -> control.misbehave("wechat-pay.prepay", "ODD", 1))
        .hasMessageContaining("INVALID");
  }

  private static long millis(Runnable call) {
    long from = System.nanoTime();
    call.run();
    return Duration.ofNanos(System.nanoTime() - from).toMillis();
  }
}
