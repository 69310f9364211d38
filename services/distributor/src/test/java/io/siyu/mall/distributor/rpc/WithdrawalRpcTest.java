package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.accepted;
import static io.siyu.mall.distributor.rpc.Cast.earn;
import static io.siyu.mall.distributor.rpc.Cast.event;
import static io.siyu.mall.distributor.rpc.Cast.fen;
import static io.siyu.mall.distributor.rpc.Cast.finance;
import static io.siyu.mall.distributor.rpc.Cast.seller;
import static io.siyu.mall.distributor.rpc.Refusals.refused;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Order;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.distributor.withdrawal.Transfers;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.proto.distributor.v1.ApproveWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.Balance;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.RejectWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.SuspendDistributorRequest;
import io.siyu.mall.proto.distributor.v1.Withdrawal;
import io.siyu.mall.proto.distributor.v1.WithdrawalState;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.sandbox.SandboxClient;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class WithdrawalRpcTest {

  private final SandboxClient weChatPay = DistributorEnvironment.weChatPay();
  private TransferCallbacks callbacks;

  @Inject Transfers transfers;

  @TestHTTPResource(value = "/metrics", management = true)
  URI metrics;

  @BeforeEach
  void listen() {
    callbacks = new TransferCallbacks();
  }

  @AfterEach
  void reset() {
    weChatPay.reset();
    callbacks.close();
  }

  private static RequestWithdrawalRequest wish(long amount) {
    return RequestWithdrawalRequest.newBuilder()
        .setRequestId(Cast.id())
        .setAmount(fen(amount))
        .build();
  }

  private static Withdrawal approve(Withdrawal withdrawal) {
    return finance()
        .approveWithdrawal(
            ApproveWithdrawalRequest.newBuilder()
                .setRequestId(Cast.id())
                .setWithdrawalId(withdrawal.getWithdrawalId())
                .build());
  }

  private static Withdrawal now(Seller seller, Withdrawal withdrawal) {
    return seller
        .withdrawals()
        .getWithdrawal(
            GetWithdrawalRequest.newBuilder()
                .setWithdrawalId(withdrawal.getWithdrawalId())
                .build());
  }

  private static Withdrawal confirmable(Seller seller, Withdrawal withdrawal) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !now(seller, withdrawal).getPackageInfo().isEmpty());
    return now(seller, withdrawal);
  }

  private static Withdrawal ended(Seller seller, Withdrawal withdrawal, WithdrawalState state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertEquals(state, now(seller, withdrawal).getState()));
    return now(seller, withdrawal);
  }

  private static LineRefunded refund(Order order) {
    return LineRefunded.newBuilder()
        .setOrderId(order.id().toString())
        .setOrderLineId(order.line().toString())
        .setRefundId(Cast.id())
        .setQuantity(1)
        .setAmount(fen(order.paid()))
        .setRefundedQuantityTotal(1)
        .setRefundedTotal(fen(order.paid()))
        .setLineQuantity(1)
        .setLinePaid(fen(order.paid()))
        .setRefundedAt(ProtoTime.to(Instant.parse("2026-06-01T00:00:00Z")))
        .setAfterCompletion(true)
        .build();
  }

  @Test
  void moneyGoesOutOnceTaxedAndConfirmed() {
    Seller seller = seller();
    earn(seller, 1_000_000);
    RequestWithdrawalRequest wish = wish(1_000_000);
    Withdrawal requested = seller.withdrawals().requestWithdrawal(wish);
    assertEquals(requested, seller.withdrawals().requestWithdrawal(wish));
    assertEquals(0, seller.balance().getAvailable().getMinorUnits());
    assertEquals(1_000_000, seller.balance().getWithdrawing().getMinorUnits());

    Withdrawal approved = approve(requested);
    // 10 000 − 2 000 − 5 000 = 3 000 yuan at 3 %.
    assertEquals(9_000, approved.getTax().getMinorUnits());
    assertEquals(991_000, approved.getNet().getMinorUnits());
    assertTrue(approved.getTaxExplanation().contains("累计预扣法"), approved.getTaxExplanation());

    Withdrawal waiting = confirmable(seller, requested);
    assertEquals(WithdrawalState.PAYING, waiting.getState());
    weChatPay.confirmTransfer(waiting.getBillNo(), waiting.getPackageInfo());
    Withdrawal paid = ended(seller, requested, WithdrawalState.WITHDRAWAL_PAID);
    assertEquals(requested.getBillNo(), paid.getBillNo());
    assertFalse(paid.getProviderBillNo().isEmpty());

    Balance balance = seller.balance();
    assertEquals(991_000, balance.getPaid().getMinorUnits());
    assertEquals(9_000, balance.getTaxWithheld().getMinorUnits());
    assertEquals(0, balance.getWithdrawing().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void aSecondWithdrawalOfTheYearIsTaxedOnTheSum() {
    Seller seller = seller();
    earn(seller, 1_000_000);
    assertEquals(
        0, approve(seller.withdrawals().requestWithdrawal(wish(600_000))).getTax().getMinorUnits());
    assertEquals(
        9_000,
        approve(seller.withdrawals().requestWithdrawal(wish(400_000))).getTax().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void ofAHundredAtOnceOnePasses() throws Exception {
    Seller seller = seller();
    earn(seller, 10_000);
    ExecutorService threads = Executors.newFixedThreadPool(100);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RequestWithdrawalRequest wish = wish(10_000);
      calls.add(
          () -> {
            try {
              seller.withdrawals().requestWithdrawal(wish);
              return "PASSED";
            } catch (StatusRuntimeException e) {
              return RemoteErrors.from(e).reason();
            }
          });
    }
    List<String> outcomes = new ArrayList<>();
    for (Future<String> outcome : threads.invokeAll(calls)) {
      outcomes.add(outcome.get());
    }
    threads.shutdown();
    assertEquals(1, outcomes.stream().filter("PASSED"::equals).count(), outcomes.toString());
    assertEquals(
        99,
        outcomes.stream().filter("INSUFFICIENT_AVAILABLE"::equals).count(),
        outcomes.toString());
    assertEquals(10_000, seller.balance().getWithdrawing().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DROP", "FAIL", "NONSENSE", "FORGED", "STALE"})
  void anAnswerThatSettlesNothingIsAskedForAgainUnderTheSameNumber(String kind) {
    weChatPay.misbehave("wechat-pay.transfer", kind, 1);
    Seller seller = seller();
    earn(seller, 20_000);
    Withdrawal requested = seller.withdrawals().requestWithdrawal(wish(20_000));
    approve(requested);
    Withdrawal waiting = confirmable(seller, requested);
    assertEquals(requested.getBillNo(), waiting.getBillNo());
    weChatPay.confirmTransfer(waiting.getBillNo());
    ended(seller, requested, WithdrawalState.WITHDRAWAL_PAID);
    assertEquals(20_000, seller.balance().getPaid().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void onlyTheProvidersWordMakesItFailAndThenTheMoneyAndTheTaxComeBack() {
    Seller seller = seller();
    earn(seller, 1_000_000);
    Withdrawal requested = seller.withdrawals().requestWithdrawal(wish(1_000_000));
    approve(requested);
    Withdrawal waiting = confirmable(seller, requested);
    weChatPay.misbehave("wechat-pay.transfer-query", "FAIL", 2);
    weChatPay.failTransfer(waiting.getBillNo(), "ACCOUNT_FROZEN");
    Withdrawal failed = ended(seller, requested, WithdrawalState.FAILED);
    assertEquals("ACCOUNT_FROZEN", failed.getFailure());
    assertEquals(1_000_000, seller.balance().getAvailable().getMinorUnits());
    assertEquals(0, seller.balance().getTaxWithheld().getMinorUnits());
    // The failed payment counts for the year no longer.
    Withdrawal again = approve(seller.withdrawals().requestWithdrawal(wish(1_000_000)));
    assertEquals(9_000, again.getTax().getMinorUnits());
    assertFalse(again.getBillNo().equals(requested.getBillNo()));
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void whatIsTakenBackAfterThePayoutIsADebtPaidByTheNextEarnings() {
    Seller seller = seller();
    Order order = earn(seller, 30_000);
    Withdrawal requested = seller.withdrawals().requestWithdrawal(wish(20_000));
    approve(requested);
    weChatPay.confirmTransfer(confirmable(seller, requested).getBillNo());
    ended(seller, requested, WithdrawalState.WITHDRAWAL_PAID);

    accepted(event(refund(order), order.id()));
    assertEquals(20_000, seller.balance().getDebt().getMinorUnits());
    assertEquals(0, seller.balance().getAvailable().getMinorUnits());
    refused("DEBT_OPEN", () -> seller.withdrawals().requestWithdrawal(wish(100)));

    earn(seller, 5_000);
    assertEquals(15_000, seller.balance().getDebt().getMinorUnits());
    assertEquals(0, seller.balance().getAvailable().getMinorUnits());
    earn(seller, 16_000);
    assertEquals(0, seller.balance().getDebt().getMinorUnits());
    assertEquals(1_000, seller.balance().getAvailable().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void whatComesBackFromADeclinedWithdrawalPaysTheDebtFirst() {
    Seller seller = seller();
    Order order = earn(seller, 30_000);
    Withdrawal requested = seller.withdrawals().requestWithdrawal(wish(30_000));
    accepted(event(refund(order), order.id()));
    assertEquals(30_000, seller.balance().getDebt().getMinorUnits());
    RejectWithdrawalRequest rejection =
        RejectWithdrawalRequest.newBuilder()
            .setRequestId(Cast.id())
            .setWithdrawalId(requested.getWithdrawalId())
            .setReason("资料不符")
            .build();
    Withdrawal declined = finance().rejectWithdrawal(rejection);
    assertEquals(WithdrawalState.WITHDRAWAL_REJECTED, declined.getState());
    Balance balance = seller.balance();
    assertEquals(0, balance.getDebt().getMinorUnits());
    assertEquals(0, balance.getAvailable().getMinorUnits());
    assertEquals(0, balance.getWithdrawing().getMinorUnits());
    refused("ILLEGAL_TRANSITION", () -> approve(requested));
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void notificationsAreBelievedOnlyWhenGenuineAndTakeEffectOnce() {
    Seller seller = seller();
    earn(seller, 40_000);
    Withdrawal requested = seller.withdrawals().requestWithdrawal(wish(40_000));
    approve(requested);
    Withdrawal waiting = confirmable(seller, requested);
    // No query tells it first: only the notification can.
    weChatPay.misbehave("wechat-pay.transfer-query", "FAIL", 500);
    for (String variety : List.of("FORGED", "STALE", "WRONG_AMOUNT", "SIGNTEST")) {
      weChatPay.misbehave("wechat-pay.notify.transfer", variety, 1);
    }
    weChatPay.misbehave("wechat-pay.notify.transfer", "DOUBLED", 1);
    weChatPay.confirmTransfer(waiting.getBillNo());
    ended(seller, requested, WithdrawalState.WITHDRAWAL_PAID);
    weChatPay.sendNotification(requested.getBillNo(), "GENUINE");
    await()
        .untilAsserted(
            () -> {
              List<String> outcomes = callbacks.outcomes();
              assertTrue(outcomes.stream().filter("OK"::equals).count() >= 3, outcomes.toString());
              assertTrue(
                  outcomes.stream().filter("NOTIFICATION_NOT_GENUINE"::equals).count() >= 3,
                  outcomes.toString());
              assertTrue(outcomes.contains("TRANSFER_AMOUNT_DIFFERS"), outcomes.toString());
            });
    assertEquals(40_000, seller.balance().getPaid().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void whatBecomesOfNotificationsIsCounted() {
    Map<String, Double> before = counted();
    Seller seller = seller();
    earn(seller, 40_000);
    Withdrawal requested = seller.withdrawals().requestWithdrawal(wish(40_000));
    approve(requested);
    weChatPay.confirmTransfer(confirmable(seller, requested).getBillNo());
    ended(seller, requested, WithdrawalState.WITHDRAWAL_PAID);
    // At least: those that an earlier test did not listen to are sent again too.
    await().untilAsserted(() -> assertTrue(counted("taken", before) >= 1));
    for (String variety : List.of("FORGED", "STALE", "SIGNTEST", "WRONG_AMOUNT")) {
      weChatPay.sendNotification(requested.getBillNo(), variety);
    }
    assertEquals(3, counted("notification_not_genuine", before));
    assertEquals(1, counted("transfer_amount_differs", before));

    // Genuine, of a transfer that nobody here asked for.
    String foreign = Cast.id().replace("-", "");
    transfers.transfer(foreign, Money.fen(700), seller.openid(), null).await().indefinitely();
    weChatPay.confirmTransfer(foreign);
    await().untilAsserted(() -> assertTrue(counted("withdrawal_not_found", before) >= 1));
    assertEquals(40_000, seller.balance().getPaid().getMinorUnits());
  }

  private double counted(String outcome, Map<String, Double> before) {
    return counted().get(outcome) - before.get(outcome);
  }

  /**
   * The counters as Prometheus reads them: all are there from the start, or a first one is lost.
   */
  private Map<String, Double> counted() {
    try {
      String page =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
              .body();
      return Pattern.compile(
              "^mall_transfer_notifications_total\\{outcome=\"(\\w+)\"\\} (\\S+)$",
              Pattern.MULTILINE)
          .matcher(page)
          .results()
          .collect(Collectors.toMap(r -> r.group(1), r -> Double.valueOf(r.group(2))));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void limitsAreKept() {
    Seller seller = seller();
    earn(seller, 3_000_000);
    refused("BELOW_MINIMUM", () -> seller.withdrawals().requestWithdrawal(wish(99)));
    refused("BELOW_MINIMUM", () -> seller.withdrawals().requestWithdrawal(wish(-5_000)));
    refused("DAILY_CAP_REACHED", () -> seller.withdrawals().requestWithdrawal(wish(2_000_001)));
    seller.withdrawals().requestWithdrawal(wish(1_999_901));
    refused("DAILY_CAP_REACHED", () -> seller.withdrawals().requestWithdrawal(wish(100)));
    refused(
        "INVALID_ARGUMENT",
        () ->
            seller.withdrawals().requestWithdrawal(wish(500).toBuilder().clearRequestId().build()));
    Seller suspended = seller();
    earn(suspended, 10_000);
    Cast.admin()
        .suspendDistributor(
            SuspendDistributorRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(suspended.id().toString())
                .setReason("调查")
                .build());
    refused("DISTRIBUTOR_NOT_ACTIVE", () -> suspended.withdrawals().requestWithdrawal(wish(500)));
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void approvingTwiceTransfersOnce() {
    Seller seller = seller();
    earn(seller, 10_000);
    Withdrawal requested = seller.withdrawals().requestWithdrawal(wish(10_000));
    ApproveWithdrawalRequest approval =
        ApproveWithdrawalRequest.newBuilder()
            .setRequestId(Cast.id())
            .setWithdrawalId(requested.getWithdrawalId())
            .build();
    var finance = finance();
    assertEquals(finance.approveWithdrawal(approval), finance.approveWithdrawal(approval));
    refused(
        "ILLEGAL_TRANSITION",
        () -> finance.approveWithdrawal(approval.toBuilder().setRequestId(Cast.id()).build()));
    Withdrawal waiting = confirmable(seller, requested);
    weChatPay.confirmTransfer(waiting.getBillNo());
    ended(seller, requested, WithdrawalState.WITHDRAWAL_PAID);
    LedgerRpcTest.assertReconciled();
  }
}
