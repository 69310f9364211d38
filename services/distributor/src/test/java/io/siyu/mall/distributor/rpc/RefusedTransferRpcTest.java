package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.earn;
import static io.siyu.mall.distributor.rpc.Cast.fen;
import static io.siyu.mall.distributor.rpc.Cast.finance;
import static io.siyu.mall.distributor.rpc.Cast.seller;
import static io.siyu.mall.distributor.rpc.Refusals.refused;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.distributor.withdrawal.WithdrawalWatch;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.distributor.v1.ApproveWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.GiveUpWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.ListWithdrawalsRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.RetryWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.Withdrawal;
import io.siyu.mall.proto.distributor.v1.WithdrawalDecision;
import io.siyu.mall.proto.distributor.v1.WithdrawalState;
import io.siyu.mall.proto.distributor.v1.WithdrawalsGrpc;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.http.Json;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers that the provider refuses, or says nothing certain of: what ends them and what not. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class RefusedTransferRpcTest {

  private static final Duration LONGER_THAN_SETTLING = Duration.ofSeconds(4);

  private final SandboxClient weChatPay = DistributorEnvironment.weChatPay();
  private Seller seller;

  @Inject WithdrawalWatch watch;
  @Inject MeterRegistry meters;

  @BeforeEach
  void join() {
    seller = seller();
  }

  @AfterEach
  void reset() {
    weChatPay.reset();
  }

  /** On its way with a provider that misbehaves already. */
  private Withdrawal underWay(long amount) {
    earn(seller, amount);
    Withdrawal requested =
        seller
            .withdrawals()
            .requestWithdrawal(
                RequestWithdrawalRequest.newBuilder()
                    .setRequestId(Cast.id())
                    .setAmount(fen(amount))
                    .build());
    return finance()
        .approveWithdrawal(
            ApproveWithdrawalRequest.newBuilder()
                .setRequestId(Cast.id())
                .setWithdrawalId(requested.getWithdrawalId())
                .build());
  }

  private void refuse(int status, String code, Integer times) {
    weChatPay.misbehave(
        Json.object(
            "operation",
            "wechat-pay.transfer",
            "kind",
            "FAIL",
            "status",
            status,
            "code",
            code,
            "message",
            "不行",
            "remaining",
            times));
  }

  private Withdrawal now(Withdrawal withdrawal) {
    return finance()
        .getWithdrawal(
            GetWithdrawalRequest.newBuilder()
                .setWithdrawalId(withdrawal.getWithdrawalId())
                .build());
  }

  private Withdrawal troubled(Withdrawal withdrawal) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !now(withdrawal).getFailure().isEmpty());
    return now(withdrawal);
  }

  private Withdrawal ended(Withdrawal withdrawal, WithdrawalState state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertEquals(state, now(withdrawal).getState()));
    return now(withdrawal);
  }

  private void confirmed(Withdrawal withdrawal) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !now(withdrawal).getPackageInfo().isEmpty());
    weChatPay.confirmTransfer(withdrawal.getBillNo());
    ended(withdrawal, WithdrawalState.WITHDRAWAL_PAID);
    assertEquals(withdrawal.getAmount(), seller.balance().getPaid());
  }

  private boolean providerHas(Withdrawal withdrawal) {
    return StreamSupport.stream(weChatPay.transfers().spliterator(), false)
        .map(one -> one.path("outBillNo").asText())
        .anyMatch(withdrawal.getBillNo()::equals);
  }

  private static Withdrawal retry(Withdrawal withdrawal) {
    return finance()
        .retryWithdrawal(
            RetryWithdrawalRequest.newBuilder()
                .setRequestId(Cast.id())
                .setWithdrawalId(withdrawal.getWithdrawalId())
                .build());
  }

  private static GiveUpWithdrawalRequest givingUp(Withdrawal withdrawal) {
    return GiveUpWithdrawalRequest.newBuilder()
        .setRequestId(Cast.id())
        .setWithdrawalId(withdrawal.getWithdrawalId())
        .setReason("分销员更换账号")
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PARAM_ERROR", "INVALID_REQUEST"})
  void whatIsRefusedForGoodFailsAndTheMoneyComesBack(String code) {
    // Once: a second order would go through, and must not be made.
    refuse(400, code, 1);
    Withdrawal withdrawal = underWay(1_000_000);
    assertEquals(9_000, withdrawal.getTax().getMinorUnits());
    Withdrawal refused = troubled(withdrawal);
    assertEquals(WithdrawalState.PAYING, refused.getState(), "before anything is certain");
    assertEquals(code, refused.getRefusal());
    assertEquals(1_000_000, seller.balance().getWithdrawing().getMinorUnits());

    Withdrawal failed = ended(withdrawal, WithdrawalState.FAILED);
    assertEquals("400 " + code + " 不行", failed.getFailure());
    assertEquals(withdrawal.getBillNo(), failed.getBillNo());
    assertEquals(1_000_000, seller.balance().getAvailable().getMinorUnits());
    assertEquals(0, seller.balance().getWithdrawing().getMinorUnits());
    assertEquals(0, seller.balance().getTaxWithheld().getMinorUnits());
    assertFalse(providerHas(withdrawal));
    LedgerRpcTest.assertReconciled();
  }

  @ParameterizedTest
  @CsvSource({"403,NOT_ENOUGH", "500,SYSTEM_ERROR", "400,SOMETHING_NEW", "403,PARAM_ERROR"})
  void whatCanChangeIsToldAgainForAsLongAsItTakes(int status, String code) {
    refuse(status, code, null);
    Withdrawal withdrawal = underWay(20_000);
    assertTrue(troubled(withdrawal).getFailure().contains(code));
    await()
        .during(LONGER_THAN_SETTLING)
        .atMost(LONGER_THAN_SETTLING.multipliedBy(2))
        .until(() -> now(withdrawal).getState() == WithdrawalState.PAYING);
    assertEquals("", now(withdrawal).getRefusal());
    assertTrue(now(withdrawal).getAttempts() > 2);
    weChatPay.reset();
    confirmed(withdrawal);
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void aRefusalIsBelievedOnlyWithTheProvidersSignature() {
    for (String seal : List.of("FORGED", "STALE")) {
      refuse(400, "PARAM_ERROR", 1);
      weChatPay.misbehave("wechat-pay.transfer", seal, 1);
      Withdrawal withdrawal = underWay(20_000);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !now(withdrawal).getPackageInfo().isEmpty());
      assertEquals(2, now(withdrawal).getAttempts(), "told again under the same number");
      assertEquals(WithdrawalState.PAYING, now(withdrawal).getState());
    }
  }

  @Test
  void thatThereIsNoneIsBelievedOnlyWithTheProvidersSignature() {
    refuse(400, "PARAM_ERROR", 1);
    weChatPay.misbehave(Json.object("operation", "wechat-pay.transfer-query", "kind", "FORGED"));
    Withdrawal withdrawal = underWay(20_000);
    await()
        .during(LONGER_THAN_SETTLING)
        .atMost(LONGER_THAN_SETTLING.multipliedBy(2))
        .until(() -> now(withdrawal).getState() == WithdrawalState.PAYING);
    refused("TRANSFER_UNCERTAIN", () -> finance().giveUpWithdrawal(givingUp(withdrawal)));
    weChatPay.reset();
    ended(withdrawal, WithdrawalState.FAILED);
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void aRefusalOfWhatTheProviderHasIsNotItsEnd() {
    weChatPay.misbehave("wechat-pay.transfer", "DROP", 1);
    Withdrawal withdrawal = underWay(20_000);
    troubled(withdrawal);
    assertTrue(providerHas(withdrawal));
    refuse(400, "INVALID_REQUEST", 1);
    confirmed(withdrawal);
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void financeHasItToldAgain() {
    refuse(400, "PARAM_ERROR", 1);
    Withdrawal withdrawal = underWay(20_000);
    troubled(withdrawal);
    Withdrawal again = retry(withdrawal);
    assertEquals("", again.getRefusal());
    assertEquals(2, again.getDecisionsCount());
    assertEquals(withdrawal.getBillNo(), again.getBillNo());
    confirmed(withdrawal);
    assertEquals(
        List.of(WithdrawalDecision.Kind.APPROVED, WithdrawalDecision.Kind.RETRIED),
        now(withdrawal).getDecisionsList().stream().map(WithdrawalDecision::getKind).toList());
    refused("WITHDRAWAL_NOT_UNDER_WAY", () -> retry(withdrawal));
    refused("WITHDRAWAL_NOT_UNDER_WAY", () -> finance().giveUpWithdrawal(givingUp(withdrawal)));
  }

  @Test
  void financeGivesUpWhatTheProviderDoesNotHave() {
    refuse(403, "NOT_ENOUGH", null);
    Withdrawal withdrawal = underWay(20_000);
    troubled(withdrawal);
    GiveUpWithdrawalRequest givingUp = givingUp(withdrawal);
    WithdrawalsGrpc.WithdrawalsBlockingStub finance = finance();
    Withdrawal givenUp = finance.giveUpWithdrawal(givingUp);
    assertTrue(givenUp.getGivenUp());
    assertEquals(now(withdrawal).getDecisionsList(), givenUp.getDecisionsList());
    assertEquals(2, givenUp.getDecisionsCount());
    assertEquals(WithdrawalState.PAYING, givenUp.getState(), "an order may be on its way");
    assertEquals(givenUp, finance.giveUpWithdrawal(givingUp), "a repeat has one effect");
    watch.count().await().indefinitely();
    assertTrue(meters.get("mall_withdrawals_troubled").gauge().value() >= 1, "it can be seen");
    // The money is there again, but nobody may send it any more.
    weChatPay.reset();
    Withdrawal failed = ended(withdrawal, WithdrawalState.FAILED);
    assertTrue(failed.getFailure().startsWith("分销员更换账号 (403 NOT_ENOUGH"), failed.getFailure());
    assertFalse(providerHas(withdrawal));
    assertEquals(20_000, seller.balance().getAvailable().getMinorUnits());

    WithdrawalDecision decision = failed.getDecisions(1);
    assertEquals(WithdrawalDecision.Kind.GIVEN_UP, decision.getKind());
    assertEquals("分销员更换账号", decision.getReason());
    assertFalse(decision.getDecidedBy().isEmpty());
    assertEquals(2, failed.getDecisionsCount());
    assertEquals(
        failed,
        TestGrpc.as(TestTokens.staff(Role.AUDITOR), WithdrawalsGrpc::newBlockingStub)
            .listWithdrawals(
                ListWithdrawalsRequest.newBuilder()
                    .setDistributorId(seller.id().toString())
                    .build())
            .getWithdrawals(0));
    assertEquals(
        0,
        seller
            .withdrawals()
            .listWithdrawals(ListWithdrawalsRequest.getDefaultInstance())
            .getWithdrawals(0)
            .getDecisionsCount(),
        "a distributor does not see who decided");
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void whatTheProviderHasIsGivenUpOnlyWhenItFailed() {
    Withdrawal withdrawal = underWay(20_000);
    await().atMost(Duration.ofSeconds(20)).until(() -> !now(withdrawal).getPackageInfo().isEmpty());
    refused("TRANSFER_EXISTS", () -> finance().giveUpWithdrawal(givingUp(withdrawal)));
    assertFalse(now(withdrawal).getGivenUp());
    confirmed(withdrawal);
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void anOrderThatArrivesAfterItWasGivenUpIsNotForgotten() {
    // Longer than we wait for an answer, shorter than nothing can arrive any more.
    weChatPay.misbehave(
        Json.object(
            "operation",
            "wechat-pay.transfer",
            "kind",
            "DELAY",
            "delayMillis",
            2_500,
            "remaining",
            1));
    Withdrawal withdrawal = underWay(20_000);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> now(withdrawal).getState() == WithdrawalState.PAYING);
    assertFalse(providerHas(withdrawal));
    assertTrue(finance().giveUpWithdrawal(givingUp(withdrawal)).getGivenUp());
    await().atMost(Duration.ofSeconds(20)).until(() -> providerHas(withdrawal));
    await()
        .during(LONGER_THAN_SETTLING)
        .atMost(LONGER_THAN_SETTLING.multipliedBy(2))
        .until(() -> now(withdrawal).getState() == WithdrawalState.PAYING);
    assertEquals(0, seller.balance().getAvailable().getMinorUnits());
    refused("TRANSFER_EXISTS", () -> finance().giveUpWithdrawal(givingUp(withdrawal)));

    retry(withdrawal);
    confirmed(withdrawal);
    LedgerRpcTest.assertReconciled();
  }
}
