package io.siyu.mall.sandbox.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wechat.pay.java.core.exception.ValidationException;
import com.wechat.pay.java.service.payments.model.Transaction;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How notifications are repeated, and how they misbehave. */
class NotificationTest {
  private static final String OPERATION = "wechat-pay.notify.payment";
  Sandbox sandbox;
  SandboxClient control;
  Receiver receiver;
  Merchant merchant;

  @BeforeEach
  void open() throws IOException {
    // A thousand times faster: 15 ms, 15 ms, 30 ms, 180 ms, …
    sandbox = Worlds.start(config -> config.withTimeScale(0.001));
    control = sandbox.client();
    receiver = new Receiver();
    merchant = new Merchant(sandbox.url(), receiver.url("/paid"), control.openid("小雨"));
  }

  @AfterEach
  void close() {
    receiver.close();
    sandbox.close();
  }

  @Test
  void thePublishedSchedule() {
    assertThat(Notifier.WAITS).hasSize(15);
    assertThat(Notifier.WAITS.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofHours(24).plusMinutes(4));
  }

  @Test
  void isRepeatedUntilItIsTaken() {
    receiver.answers.addAll(List.of(500, 302, 401, 200));
    String order = pay();
    JsonNode notification = awaitState(order, "DELIVERED");
    assertThat(notification.get("attempts"))
        .extracting(attempt -> attempt.get("status").intValue())
        .containsExactly(500, 302, 401, 200);
    List<Receiver.Received> received = receiver.at("/paid");
    assertThat(received).hasSize(4);
    // Signed anew each time, but it is one notification.
    assertThat(received).extracting(Receiver.Received::signature).doesNotHaveDuplicates();
    assertThat(received)
        .extracting(r -> Json.MAPPER.readTree(r.body()).get("id").textValue())
        .containsOnly(notification.get("id").textValue());
    received.forEach(r -> assertThat(parse(r).getOutTradeNo()).isEqualTo(order));
  }

  @Test
  void isGivenUpAfterFifteenRepetitions() throws IOException {
    sandbox.close();
    sandbox = Worlds.start(config -> config.withTimeScale(0.000_001));
    control = sandbox.client();
    merchant = new Merchant(sandbox.url(), "http://127.0.0.1:9/nobody", merchant.openid);
    JsonNode notification = awaitState(pay(), "ABANDONED");
    assertThat(notification.get("attempts")).hasSize(16);
    assertThat(notification.get("attempts").get(0).get("error").textValue())
        .contains("ConnectException");
  }

  @Test
  void comesTwice() {
    control.misbehave(OPERATION, "DOUBLED", 1);
    String order = pay();
    await().until(() -> receiver.at("/paid").size() == 2);
    receiver.at("/paid").forEach(r -> assertThat(parse(r).getOutTradeNo()).isEqualTo(order));
    pay();
    await().until(() -> receiver.at("/paid").size() == 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FORGED", "SIGNTEST"})
  void comesWithAWrongSignatureFirst(String kind) {
    control.misbehave(OPERATION, kind, 1);
    String order = pay();
    await().until(() -> receiver.at("/paid").size() == 2);
    Receiver.Received first = receiver.at("/paid").get(0);
    assertThatThrownBy(() -> parse(first)).isInstanceOf(ValidationException.class);
    assertThat(first.signature().startsWith("WECHATPAY/SIGNTEST/"))
        .isEqualTo(kind.equals("SIGNTEST"));
    assertThat(parse(receiver.at("/paid").get(1)).getOutTradeNo()).isEqualTo(order);
  }

  @Test
  void comesStaleFirst() {
    control.misbehave(OPERATION, "STALE", 1);
    String order = pay();
    await().until(() -> receiver.at("/paid").size() == 2);
    // The SDK's parser does not look at the time; the receiver has to.
    long sent = receiver.at("/paid").get(0).timestamp();
    assertThat(System.currentTimeMillis() / 1000 - sent).isGreaterThan(300);
    assertThat(parse(receiver.at("/paid").get(0)).getOutTradeNo()).isEqualTo(order);
  }

  @Test
  void comesWithAnotherAmountFirst() throws IOException {
    control.misbehave(
        Json.object(
            "operation", OPERATION, "kind", "WRONG_AMOUNT", "remaining", 1, "amountFen", 1));
    pay();
    await().until(() -> receiver.at("/paid").size() == 2);
    List<Receiver.Received> received = receiver.at("/paid");
    assertThat(parse(received.get(0)).getAmount().getTotal()).isEqualTo(1);
    assertThat(parse(received.get(1)).getAmount().getTotal()).isEqualTo(8_800);
    assertThat(Json.MAPPER.readTree(received.get(0).body()).get("id"))
        .isNotEqualTo(Json.MAPPER.readTree(received.get(1).body()).get("id"));
  }

  @Test
  void comesLateOrNever() {
    control.misbehave(
        Json.object("operation", OPERATION, "kind", "DELAY", "remaining", 1, "delayMillis", 300));
    long from = System.nanoTime();
    awaitState(pay(), "DELIVERED");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(300));

    control.misbehave(OPERATION, "LOST", 1);
    String order = pay();
    assertThat(awaitState(order, "LOST").get("attempts")).isEmpty();
    assertThat(merchant.query(order).getTradeState()).isEqualTo(Transaction.TradeStateEnum.SUCCESS);
    assertThat(control.sendNotification(order, "GENUINE").get("status").intValue()).isEqualTo(204);
  }

  @Test
  void comesAfterTheNextOne() {
    control.misbehave(OPERATION, "REORDERED", 1);
    String first = pay();
    awaitState(first, "HELD");
    String second = pay();
    await().until(() -> receiver.at("/paid").size() == 2);
    assertThat(receiver.at("/paid"))
        .extracting(r -> parse(r).getOutTradeNo())
        .containsExactly(second, first);
  }

  @Test
  void isSentAgainOnDemand() {
    String order = pay();
    awaitState(order, "DELIVERED");
    receiver.answers.add(401);
    JsonNode attempt = control.sendNotification(order, "FORGED");
    assertThat(attempt.get("status").intValue()).isEqualTo(401);
    assertThat(control.notifications(order).get(0).get("attempts")).hasSize(2);
    assertThatThrownBy(() -> control.sendNotification("unknown", "GENUINE"))
        .hasMessageContaining("NOT_FOUND");
  }

  private String pay() {
    String order = Merchant.number("T");
    merchant.prepay(order, 8_800);
    control.pay(order);
    return order;
  }

  private Transaction parse(Receiver.Received received) {
    return merchant.parser().parse(received.param(), Transaction.class);
  }

  private JsonNode awaitState(String order, String state) {
    return await()
        .until(
            () -> control.notifications(order).path(0),
            n -> state.equals(n.path("state").asText()));
  }
}
