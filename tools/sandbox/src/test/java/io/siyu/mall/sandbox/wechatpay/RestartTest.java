package io.siyu.mall.sandbox.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.model.Status;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox with a memory goes on where it was. */
class RestartTest {
  @TempDir Path state;

  @Test
  void goesOnWithEverythingUnderWay() throws IOException {
    try (Receiver receiver = new Receiver()) {
      String prepaid = Merchant.number("T");
      String paid = Merchant.number("T");
      try (Sandbox first = start()) {
        Merchant merchant = merchant(first, receiver);
        merchant.prepay(prepaid, 100);
        merchant.prepay(paid, 200);
        receiver.answers.add(500);
        first.client().pay(paid);
        await().until(() -> receiver.received.size() == 1);
        await().until(() -> first.client().notifications(paid).get(0).get("attempts").size() == 1);
        first
            .client()
            .misbehave(
                Json.object(
                    "operation", "wechat-pay.refund-result",
                    "kind", "DELAY",
                    "delayMillis", 60_000));
        merchant.refund(paid, "R" + paid, 50, 200);
      }
      tearLastLine();
      try (Sandbox second = start()) {
        Merchant merchant = merchant(second, receiver);
        assertThat(merchant.query(prepaid).getTradeState())
            .isEqualTo(Transaction.TradeStateEnum.NOTPAY);
        // Repeated with the same parameters it is the same order, with others it is refused.
        merchant.prepay(prepaid, 100);
        assertThatThrownBy(() -> merchant.prepay(prepaid, 101))
            .hasMessageContaining("INVALID_REQUEST");
        second.client().pay(prepaid);
        await().until(() -> merchant.queryRefund("R" + paid).getStatus() == Status.SUCCESS);
        // The order paid before, its refund, and the order paid now.
        await().until(() -> receiver.received.size() == 4);
        assertThat(second.client().notifications(paid).get(0).get("state").textValue())
            .isEqualTo("DELIVERED");
      }
    }
  }

  @Test
  void forgetsWithoutADirectory() throws IOException {
    String order = Merchant.number("T");
    try (Receiver receiver = new Receiver()) {
      try (Sandbox first = Worlds.start()) {
        merchant(first, receiver).prepay(order, 100);
      }
      try (Sandbox second = Worlds.start()) {
        assertThatThrownBy(() -> merchant(second, receiver).query(order))
            .hasMessageContaining("ORDER_NOT_EXIST");
      }
    }
  }

  @Test
  void aTakenPortIsSaid() {
    try (Sandbox first = Worlds.start()) {
      int port = java.net.URI.create(first.url()).getPort();
      assertThatThrownBy(() -> Worlds.start(config -> config.withPort(port)))
          .hasMessageContaining("port " + port);
    }
  }

  private Sandbox start() {
    return Worlds.start(config -> config.withState(state).withTimeScale(1));
  }

  private static Merchant merchant(Sandbox sandbox, Receiver receiver) {
    return new Merchant(sandbox.url(), receiver.url("/told"), sandbox.client().openid("小雨"));
  }

  private void tearLastLine() throws IOException {
    Files.writeString(
        state.resolve("journal.jsonl"),
        "{\"table\":\"payment\",\"key\":\"T1",
        StandardOpenOption.APPEND);
  }
}
