package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.admin;
import static io.siyu.mall.distributor.rpc.Cast.application;
import static io.siyu.mall.distributor.rpc.Cast.earn;
import static io.siyu.mall.distributor.rpc.Cast.fen;
import static io.siyu.mall.distributor.rpc.Cast.finance;
import static io.siyu.mall.distributor.rpc.Cast.inviteBy;
import static io.siyu.mall.distributor.rpc.Refusals.refused;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.distributor.v1.ApproveApplicationRequest;
import io.siyu.mall.proto.distributor.v1.ApproveNameCorrectionRequest;
import io.siyu.mall.proto.distributor.v1.ApproveWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.CorrectionNames;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.GetMyDistributorRequest;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.ListNameCorrectionsRequest;
import io.siyu.mall.proto.distributor.v1.NameCorrection;
import io.siyu.mall.proto.distributor.v1.NameCorrectionsGrpc;
import io.siyu.mall.proto.distributor.v1.NameCorrectionsGrpc.NameCorrectionsBlockingStub;
import io.siyu.mall.proto.distributor.v1.ReadNamesRequest;
import io.siyu.mall.proto.distributor.v1.RecallSellersRequest;
import io.siyu.mall.proto.distributor.v1.RejectNameCorrectionRequest;
import io.siyu.mall.proto.distributor.v1.RequestNameCorrectionRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.RetryWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.SellerMoment;
import io.siyu.mall.proto.distributor.v1.SellersGrpc;
import io.siyu.mall.proto.distributor.v1.Withdrawal;
import io.siyu.mall.proto.distributor.v1.WithdrawalState;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.http.Json;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way out of NAME_NOT_CORRECT. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class NameCorrectionRpcTest {

  private static final String RIGHT = "王晓明";

  private final SandboxClient weChatPay = DistributorEnvironment.weChatPay();

  @Inject Pool pool;
  @Inject Clock clock;

  @AfterEach
  void reset() {
    weChatPay.reset();
  }

  /** Whoever applied under a name that WeChat Pay does not know them by. */
  private Seller misspelt() {
    String persona = "更名" + Cast.id();
    weChatPay.persona(persona, null, RIGHT);
    UUID member = UUID.randomUUID();
    String id =
        TestGrpc.as(TestTokens.member(member), DistributorsGrpc::newBlockingStub)
            .apply(
                application(inviteBy(admin())).toBuilder()
                    .setRealName("王小明")
                    .setOpenid(weChatPay.openid(persona))
                    .build())
            .getDistributorId();
    admin()
        .approveApplication(
            ApproveApplicationRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(id)
                .build());
    return new Seller(member, UUID.fromString(id), weChatPay.openid(persona));
  }

  private static NameCorrectionsBlockingStub as(String token) {
    return TestGrpc.as(token, NameCorrectionsGrpc::newBlockingStub);
  }

  private static NameCorrectionsBlockingStub staff() {
    return as(TestTokens.staff(Role.FINANCE));
  }

  private static NameCorrection ask(Seller seller, String name) {
    return as(seller.token())
        .requestNameCorrection(
            RequestNameCorrectionRequest.newBuilder()
                .setRequestId(Cast.id())
                .setRealName(name)
                .setReason("申请时写错了")
                .build());
  }

  private static NameCorrection approve(NameCorrection correction) {
    return staff()
        .approveNameCorrection(
            ApproveNameCorrectionRequest.newBuilder()
                .setRequestId(Cast.id())
                .setCorrectionId(correction.getCorrectionId())
                .build());
  }

  private static Withdrawal withdraw(Seller seller, long amount) {
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

  private static Withdrawal now(Withdrawal withdrawal) {
    return finance()
        .getWithdrawal(
            GetWithdrawalRequest.newBuilder()
                .setWithdrawalId(withdrawal.getWithdrawalId())
                .build());
  }

  private Withdrawal confirmed(Withdrawal withdrawal, WithdrawalState end) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !now(withdrawal).getPackageInfo().isEmpty());
    weChatPay.confirmTransfer(withdrawal.getBillNo());
    await().atMost(Duration.ofSeconds(20)).until(() -> now(withdrawal).getState() == end);
    return now(withdrawal);
  }

  @Test
  void afterTheCorrectionItIsPaid() {
    Seller seller = misspelt();
    earn(seller, 200_000);
    assertEquals(
        "NAME_NOT_CORRECT",
        confirmed(withdraw(seller, 200_000), WithdrawalState.FAILED).getFailure());

    NameCorrection asked = ask(seller, RIGHT);
    assertEquals(NameCorrection.State.REQUESTED, asked.getState());
    refused("NAME_CORRECTION_OPEN", () -> ask(seller, "王小名"));
    NameCorrection done = approve(asked);
    assertEquals(NameCorrection.State.APPROVED, done.getState());
    assertFalse(done.getDecidedBy().isEmpty());
    refused("ILLEGAL_TRANSITION", () -> approve(asked));

    confirmed(withdraw(seller, 200_000), WithdrawalState.WITHDRAWAL_PAID);
    assertEquals(200_000, seller.balance().getPaid().getMinorUnits());
    assertEquals(
        "王**",
        seller
            .distributors()
            .getMyDistributor(GetMyDistributorRequest.getDefaultInstance())
            .getRealNameMasked());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void oneThatHangsTakesTheNewNameWhenItIsRetried() {
    Seller seller = misspelt();
    earn(seller, 300_000);
    weChatPay.misbehave(
        Json.object(
            "operation",
            "wechat-pay.transfer",
            "kind",
            "FAIL",
            "status",
            400,
            "code",
            "PARAM_ERROR",
            "message",
            "不行",
            "remaining",
            1));
    Withdrawal hanging = withdraw(seller, 300_000);
    await().atMost(Duration.ofSeconds(20)).until(() -> !now(hanging).getRefusal().isEmpty());
    approve(ask(seller, RIGHT));
    finance()
        .retryWithdrawal(
            RetryWithdrawalRequest.newBuilder()
                .setRequestId(Cast.id())
                .setWithdrawalId(hanging.getWithdrawalId())
                .build());
    assertEquals(
        hanging.getBillNo(), confirmed(hanging, WithdrawalState.WITHDRAWAL_PAID).getBillNo());
  }

  @Test
  void whatIsTurnedDownChangesNothingAndCanBeAskedForAgain() {
    Seller seller = misspelt();
    NameCorrection asked = ask(seller, RIGHT);
    NameCorrection rejected =
        staff()
            .rejectNameCorrection(
                RejectNameCorrectionRequest.newBuilder()
                    .setRequestId(Cast.id())
                    .setCorrectionId(asked.getCorrectionId())
                    .setReason("请附身份证号")
                    .build());
    assertEquals("请附身份证号", rejected.getDecisionReason());
    ask(seller, RIGHT);
    var own =
        as(seller.token())
            .listNameCorrections(ListNameCorrectionsRequest.getDefaultInstance())
            .getCorrectionsList();
    assertEquals(2, own.size());
    assertTrue(own.stream().allMatch(c -> c.getDecidedBy().isEmpty()), "who of the staff");
    assertEquals(
        0,
        as(Cast.seller().token())
            .listNameCorrections(ListNameCorrectionsRequest.getDefaultInstance())
            .getCorrectionsCount());
  }

  @Test
  void whoDecidesReadsBothNamesOfOneThatIsOpenAndThatIsKept() {
    Seller seller = misspelt();
    NameCorrection asked = ask(seller, RIGHT);
    ReadNamesRequest one =
        ReadNamesRequest.newBuilder().setCorrectionId(asked.getCorrectionId()).build();
    CorrectionNames names = staff().readNames(one);
    assertEquals("王小明", names.getOldName());
    assertEquals(RIGHT, names.getNewName());
    as(TestTokens.staff(Role.PLATFORM_ADMIN)).readNames(one);
    refused("ROLE_REQUIRED", () -> as(TestTokens.staff(Role.AUDITOR)).readNames(one));
    refused("STAFF_REQUIRED", () -> as(seller.token()).readNames(one));
    refused(
        "NAME_CORRECTION_NOT_FOUND",
        () -> staff().readNames(one.toBuilder().setCorrectionId(Cast.id()).build()));
    approve(asked);
    refused("NAME_CORRECTION_DECIDED", () -> staff().readNames(one));
    NameCorrection listed =
        as(TestTokens.staff(Role.AUDITOR))
            .listNameCorrections(ListNameCorrectionsRequest.getDefaultInstance())
            .getCorrectionsList()
            .stream()
            .filter(c -> c.getCorrectionId().equals(asked.getCorrectionId()))
            .findFirst()
            .orElseThrow();
    assertEquals(2, listed.getNamesReadCount());
    assertFalse(listed.getNamesRead(0).getReadBy().isEmpty());
    assertTrue(listed.getNamesRead(0).hasReadAt());
    assertEquals(
        0,
        as(seller.token())
            .listNameCorrections(ListNameCorrectionsRequest.getDefaultInstance())
            .getCorrections(0)
            .getNamesReadCount(),
        "who of the staff");
  }

  @Test
  void theNameIsStoredInClearNowhereAndTheChangeIsKept() {
    Seller seller = misspelt();
    NameCorrection done = approve(ask(seller, RIGHT));
    String row =
        text(
            "SELECT CONCAT_WS('|', c.new_name, c.new_name_masked, d.real_name, h.what, h.old_value,"
                + " h.new_value, h.reason, h.changed_by) FROM name_corrections c"
                + " JOIN distributors d ON d.id = c.distributor_id"
                + " JOIN distributor_changes h ON h.distributor_id = d.id AND h.what = 'REAL_NAME'"
                + " WHERE d.id = UNHEX('"
                + seller.id().toString().replace("-", "")
                + "')");
    assertFalse(row.contains(RIGHT), row);
    assertTrue(row.endsWith("REAL_NAME|王**|王**|申请时写错了|" + done.getDecidedBy()), row);
  }

  @Test
  void theRecordOfTheSellerStillTellsWhoWasCredited() {
    Seller seller = misspelt();
    approve(ask(seller, RIGHT));
    assertTrue(
        TestGrpc.as(TestTokens.service("cps"), SellersGrpc::newBlockingStub)
            .recallSellers(
                RecallSellersRequest.newBuilder()
                    .addMoments(
                        SellerMoment.newBuilder()
                            .setDistributorId(seller.id().toString())
                            .setAt(ProtoTime.to(clock.instant().plusSeconds(60))))
                    .build())
            .getSellers(0)
            .getAnswers(0)
            .getCredited());
  }

  private String text(String sql) {
    return pool.query(sql).execute().await().indefinitely().iterator().next().getString(0);
  }
}
