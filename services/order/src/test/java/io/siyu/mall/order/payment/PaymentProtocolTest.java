package io.siyu.mall.order.payment;

import static io.siyu.mall.order.fixture.Shop.BRAND;
import static io.siyu.mall.order.fixture.Shop.OTHER_BRAND;
import static io.siyu.mall.order.fixture.Shop.await;
import static io.siyu.mall.order.fixture.Shop.line;
import static io.siyu.mall.order.fixture.Shop.paymentsOf;
import static io.siyu.mall.order.fixture.Shop.refundsOf;
import static io.siyu.mall.order.fixture.Shop.refused;
import static io.siyu.mall.order.fixture.Shop.requestId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.order.fixture.Shop;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.proto.order.v1.CancelTradeRequest;
import io.siyu.mall.proto.order.v1.HandleNotificationRequest;
import io.siyu.mall.proto.order.v1.OrderCancelled;
import io.siyu.mall.proto.order.v1.OrderPaid;
import io.siyu.mall.proto.order.v1.Payment;
import io.siyu.mall.proto.order.v1.PaymentIntent;
import io.siyu.mall.proto.order.v1.PaymentState;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import io.siyu.mall.proto.order.v1.Refund;
import io.siyu.mall.proto.order.v1.RefundState;
import io.siyu.mall.proto.order.v1.StartPaymentRequest;
import io.siyu.mall.proto.order.v1.SyncPaymentRequest;
import io.siyu.mall.proto.order.v1.Trade;
import io.siyu.mall.proto.order.v1.TradeState;
import io.siyu.mall.sandbox.http.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The provider behaves as it does in reality: well, twice, late, never, wrongly, or not at all. */
@QuarkusTest
class PaymentProtocolTest extends OrderServiceTest {

  private static final String NOTIFY = "wechat-pay.notify.payment";

  @Test
  void aPaymentPaysEveryOrderOfTheTradeAndIsToldOnce() {
    Trade trade = place(2);
    Trade paid = shop.pay(trade);
    assertEquals(TradeState.TRADE_PAID, paid.getState());
    Payment payment = paymentsOf(trade).get(0);
    assertEquals(PaymentState.PAYMENT_SUCCEEDED, payment.getState());
    assertTrue(payment.getProviderTransactionId().length() > 10);
    await().until(() -> paidEvents(trade, "distributor").size() == 2);
    OrderPaid told = paidEvents(trade, "distributor").get(0);
    assertEquals(3, told.getLines(0).getAttribution().getPolicyVersion());
    assertEquals(told.getPaid(), told.getLines(0).getPaid());
    assertTrue(told.hasPaidAt() && told.hasPlacedAt());
  }

  @Test
  void theSameNotificationTwiceAtOncePaysOnce() {
    Trade trade = place(1);
    shop.sandbox.misbehave(NOTIFY, "DOUBLED", 1);
    shop.pay(trade);
    await().until(() -> shop.callbacks.answers().size() >= 2);
    assertEquals(List.of("OK", "OK"), shop.callbacks.answers());
    String number = paymentsOf(trade).get(0).getPaymentNo();
    shop.sandbox.sendNotification(number, "GENUINE");
    assertEquals(3, shop.callbacks.answers().size());
    assertEquals(1, paymentsOf(trade).size());
    assertTrue(refundsOf(trade).isEmpty());
    await().until(() -> paidEvents(trade, "catalog").size() == 1);
  }

  @Test
  void whatIsNotTheProvidersIsRefusedAndChangesNothing() {
    Trade trade = place(1);
    shop.sandbox.misbehave(NOTIFY, "LOST", 1);
    shop.payAtProvider(shop.start(trade));
    String number = paymentsOf(trade).get(0).getPaymentNo();
    for (String variety : List.of("FORGED", "STALE", "SIGNTEST")) {
      shop.callbacks.reset();
      shop.sandbox.sendNotification(number, variety);
      assertEquals(List.of("NOTIFICATION_NOT_GENUINE"), shop.callbacks.answers(), variety);
    }
    shop.callbacks.reset();
    shop.sandbox.sendNotification(number, "WRONG_AMOUNT");
    assertEquals(List.of("PAYMENT_MISMATCH"), shop.callbacks.answers());
    assertEquals(TradeState.TRADE_PENDING_PAYMENT, shop.trade(trade).getState());
    assertEquals(PaymentState.PREPAID, paymentsOf(trade).get(0).getState());
    shop.sandbox.sendNotification(number, "GENUINE");
    assertEquals(TradeState.TRADE_PAID, shop.trade(trade).getState());
  }

  @Test
  void garbageIsNoNotification() {
    refused(
        "NOTIFICATION_NOT_GENUINE",
        () ->
            TestGrpc.anonymous(PaymentsGrpc::newBlockingStub)
                .handleNotification(
                    HandleNotificationRequest.newBuilder()
                        .setProvider(io.siyu.mall.proto.order.v1.Provider.WECHAT_PAY)
                        .setKind(HandleNotificationRequest.Kind.PAYMENT)
                        .setBody(ByteString.copyFromUtf8("{}"))
                        .build()));
  }

  @Test
  void withoutNotificationTheProviderIsAsked() {
    Trade trade = place(1);
    shop.sandbox.misbehave(NOTIFY, "LOST", 1);
    shop.payAtProvider(shop.start(trade));
    run(paymentJobs.askPayments());
    assertEquals(TradeState.TRADE_PENDING_PAYMENT, shop.trade(trade).getState(), "not yet due");
    clock.advance(Duration.ofMinutes(1));
    run(paymentJobs.askPayments());
    assertEquals(TradeState.TRADE_PAID, shop.trade(trade).getState());
    // And then it comes after all.
    shop.sandbox.sendNotification(paymentsOf(trade).get(0).getPaymentNo(), "GENUINE");
    assertEquals(List.of("OK"), shop.callbacks.answers());
    assertTrue(refundsOf(trade).isEmpty());
  }

  @Test
  void theMemberCanHaveTheProviderAsked() {
    Trade trade = place(1);
    shop.sandbox.misbehave(NOTIFY, "LOST", 1);
    SyncPaymentRequest sync =
        SyncPaymentRequest.newBuilder()
            .setRequestId(requestId())
            .setTradeId(trade.getTradeId())
            .build();
    refused("PAYMENT_NOT_FOUND", () -> shop.payments().syncPayment(sync));
    shop.payAtProvider(shop.start(trade));
    Payment synced = shop.payments().syncPayment(sync);
    assertEquals(PaymentState.PAYMENT_SUCCEEDED, synced.getState());
    assertEquals(TradeState.TRADE_PAID, shop.trade(trade).getState());
    refused("TRADE_NOT_FOUND", () -> new Shop().payments().syncPayment(sync));
  }

  @Test
  void aRepeatedStartIsOnePaymentAndAnotherPayerIsAnother() {
    Trade trade = place(1);
    StartPaymentRequest request = shop.starting(trade).build();
    PaymentIntent first = shop.payments().startPayment(request);
    assertEquals(first, shop.payments().startPayment(request));
    PaymentIntent again = shop.start(trade);
    assertEquals(first.getPaymentId(), again.getPaymentId(), "the open attempt is gone on with");
    assertEquals(1, paymentsOf(trade).size());
    refused("TRADE_NOT_FOUND", () -> new Shop().start(trade));
  }

  @Test
  void aFailingProviderIsSaidSoAndTheNextTryGoesOn() {
    Trade trade = place(1);
    shop.sandbox.misbehave("wechat-pay.prepay", "FAIL", 1);
    refused("PAYMENT_PROVIDER_UNAVAILABLE", () -> shop.start(trade));
    shop.sandbox.misbehave(
        Json.object(
            "operation", "wechat-pay.prepay",
            "kind", "FAIL",
            "remaining", 1,
            "status", 403,
            "code", "RULE_LIMIT"));
    refused("PAYMENT_PROVIDER_REFUSED", () -> shop.start(trade));
    shop.sandbox.misbehave("wechat-pay.prepay", "FORGED", 1);
    refused("PAYMENT_PROVIDER_UNAVAILABLE", () -> shop.start(trade));
    assertEquals(1, paymentsOf(trade).size());
    shop.pay(trade);
  }

  @Test
  void aSlowProviderHoldsNobodyUp() {
    Trade trade = place(1);
    shop.sandbox.misbehave(
        Json.object(
            "operation",
            "wechat-pay.prepay",
            "kind",
            "DELAY",
            "remaining",
            1,
            "delayMillis",
            8_000));
    long start = System.nanoTime();
    refused("PAYMENT_PROVIDER_UNAVAILABLE", () -> shop.start(trade));
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    assertTrue(seconds < 7, "gave up only after " + seconds + " s");
    shop.pay(trade);
  }

  @Test
  void nobodyPaysInTime() {
    Trade trade = place(2);
    shop.start(trade);
    String number = paymentsOf(trade).get(0).getPaymentNo();
    clock.advance(Duration.ofMinutes(31));
    // The provider cannot be reached: nothing is cancelled before it has closed the payment.
    shop.sandbox.misbehave("wechat-pay.close", "FAIL", 50);
    run(paymentJobs.timeOutTrades());
    assertEquals(TradeState.TRADE_PENDING_PAYMENT, shop.trade(trade).getState());
    refused("TRADE_NOT_PAYABLE", () -> shop.start(trade));
    shop.sandbox.reset();
    clock.advance(Duration.ofMinutes(2));
    run(paymentJobs.timeOutTrades());
    assertEquals(TradeState.TRADE_CANCELLED, shop.trade(trade).getState());
    assertEquals(PaymentState.PAYMENT_CLOSED, paymentsOf(trade).get(0).getState());
    assertEquals("CLOSED", shop.sandbox.payments(number).get(0).get("state").asText());
    await()
        .until(
            () ->
                trade.getOrdersList().stream()
                    .allMatch(
                        order ->
                            events.of(OrderCancelled.class, "catalog").stream()
                                .anyMatch(e -> e.getOrderId().equals(order.getOrderId()))));
    refused("TRADE_NOT_PAYABLE", () -> shop.start(trade));
  }

  @Test
  void thePaymentComesBeforeTheTimeout() {
    Trade trade = place(1);
    shop.sandbox.misbehave(NOTIFY, "LOST", 1);
    shop.payAtProvider(shop.start(trade));
    clock.advance(Duration.ofMinutes(31));
    run(paymentJobs.timeOutTrades());
    assertEquals(TradeState.TRADE_PAID, shop.trade(trade).getState(), "closing said it was paid");
  }

  @Test
  void theMemberCancelsAndALateSuccessIsGivenBackAlone() {
    Trade trade = place(2);
    shop.sandbox.misbehave(NOTIFY, "LOST", 1);
    PaymentIntent intent = shop.start(trade);
    // The provider says closed, and takes the money all the same: it must not happen, and does.
    shop.sandbox.misbehave(
        Json.object(
            "operation", "wechat-pay.close",
            "kind", "FAIL",
            "remaining", 1,
            "status", 400,
            "code", "ORDER_CLOSED"));
    CancelTradeRequest cancel =
        CancelTradeRequest.newBuilder()
            .setRequestId(requestId())
            .setTradeId(trade.getTradeId())
            .setReason("不想要了")
            .build();
    Trade cancelled = shop.checkouts().cancelTrade(cancel);
    assertEquals(TradeState.TRADE_CANCELLED, cancelled.getState());
    assertEquals(cancelled, shop.checkouts().cancelTrade(cancel));
    shop.payAtProvider(intent);
    String number = paymentsOf(trade).get(0).getPaymentNo();
    shop.sandbox.sendNotification(number, "GENUINE");
    shop.sandbox.sendNotification(number, "GENUINE");
    assertEquals(List.of("OK", "OK"), shop.callbacks.answers());
    assertEquals(TradeState.TRADE_CANCELLED, shop.trade(trade).getState(), "never revived");
    settleRefundsUntil(
        () ->
            refundsOf(trade).stream().allMatch(r -> r.getState() == RefundState.REFUND_SUCCEEDED));
    List<Refund> refunds = refundsOf(trade);
    assertEquals(1, refunds.size());
    assertEquals(trade.getPayable(), refunds.get(0).getAmount());
    assertEquals("", refunds.get(0).getOrderId());
    assertTrue(paidEvents(trade, "catalog").isEmpty());
  }

  @Test
  void aSecondAttemptThatAlsoSucceedsIsGivenBack() {
    Trade trade = place(1);
    PaymentIntent first = shop.start(trade);
    Shop friend = new Shop();
    PaymentIntent second =
        shop.payments().startPayment(shop.starting(trade).setOpenid(friend.openid).build());
    assertEquals(2, paymentsOf(trade).size());
    shop.payAtProvider(first);
    await().until(() -> shop.trade(trade).getState() == TradeState.TRADE_PAID);
    shop.payAtProvider(second);
    await().until(() -> refundsOf(trade).size() == 1);
    settleRefundsUntil(() -> refundsOf(trade).get(0).getState() == RefundState.REFUND_SUCCEEDED);
    assertEquals(second.getPaymentId(), refundsOf(trade).get(0).getPaymentId());
    await().until(() -> paidEvents(trade, "catalog").size() == 1);
  }

  @Test
  void anAttemptLeftOpenIsClosedOnceAnotherPaid() {
    Trade trade = place(1);
    Shop friend = new Shop();
    shop.payments().startPayment(shop.starting(trade).setOpenid(friend.openid).build());
    shop.pay(trade);
    clock.advance(Duration.ofMinutes(1));
    run(paymentJobs.askPayments());
    assertEquals(
        List.of(PaymentState.PAYMENT_SUCCEEDED, PaymentState.PAYMENT_CLOSED),
        paymentsOf(trade).stream().map(Payment::getState).toList());
  }

  @Test
  void messagesOfTwoPaymentsChangePlaces() {
    shop.sandbox.misbehave(NOTIFY, "REORDERED", 1);
    Trade one = place(1);
    Trade two = place(1);
    shop.payAtProvider(shop.start(one));
    shop.pay(two);
    await().until(() -> shop.trade(one).getState() == TradeState.TRADE_PAID);
  }

  @Test
  void onlyTheTradesMemberAndOnlyAWaitingTradeCanBeCancelled() {
    Trade trade = shop.pay(place(1));
    CancelTradeRequest cancel =
        CancelTradeRequest.newBuilder()
            .setRequestId(requestId())
            .setTradeId(trade.getTradeId())
            .build();
    refused("TRADE_NOT_FOUND", () -> new Shop().checkouts().cancelTrade(cancel));
    refused("ILLEGAL_TRANSITION", () -> shop.checkouts().cancelTrade(cancel));
  }

  private Trade place(int brands) {
    var coat = line(shop.neighbours.sku(BRAND, 12_900, 5), 1);
    return brands == 1
        ? shop.place(coat)
        : shop.place(coat, line(shop.neighbours.sku(OTHER_BRAND, 8_800, 5), 2));
  }

  private List<OrderPaid> paidEvents(Trade trade, String subscriber) {
    return events.of(OrderPaid.class, subscriber).stream()
        .filter(e -> e.getTradeId().equals(trade.getTradeId()))
        .toList();
  }
}
