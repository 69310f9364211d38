package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.accepted;
import static io.siyu.mall.distributor.rpc.Cast.admin;
import static io.siyu.mall.distributor.rpc.Cast.application;
import static io.siyu.mall.distributor.rpc.Cast.credited;
import static io.siyu.mall.distributor.rpc.Cast.earn;
import static io.siyu.mall.distributor.rpc.Cast.event;
import static io.siyu.mall.distributor.rpc.Cast.fen;
import static io.siyu.mall.distributor.rpc.Cast.finance;
import static io.siyu.mall.distributor.rpc.Cast.inviteBy;
import static io.siyu.mall.distributor.rpc.Cast.seller;
import static io.siyu.mall.distributor.rpc.Cast.sellerUnder;
import static io.siyu.mall.distributor.rpc.Refusals.refused;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Order;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Channel;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.distributor.v1.ApplyRequest;
import io.siyu.mall.proto.distributor.v1.ApproveApplicationRequest;
import io.siyu.mall.proto.distributor.v1.ApproveWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.AttributeLine;
import io.siyu.mall.proto.distributor.v1.AttributeRequest;
import io.siyu.mall.proto.distributor.v1.BindMemberRequest;
import io.siyu.mall.proto.distributor.v1.CloseDistributorRequest;
import io.siyu.mall.proto.distributor.v1.CreateShareRequest;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.ListCommissionsRequest;
import io.siyu.mall.proto.distributor.v1.ListFansRequest;
import io.siyu.mall.proto.distributor.v1.ListPostingsRequest;
import io.siyu.mall.proto.distributor.v1.ListTeamRequest;
import io.siyu.mall.proto.distributor.v1.ListWithdrawalsRequest;
import io.siyu.mall.proto.distributor.v1.OpenTouchRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.ResumeDistributorRequest;
import io.siyu.mall.proto.distributor.v1.Share;
import io.siyu.mall.proto.distributor.v1.ShareTarget;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.SuspendDistributorRequest;
import io.siyu.mall.proto.distributor.v1.Withdrawal;
import io.siyu.mall.proto.distributor.v1.WithdrawalDecision;
import io.siyu.mall.proto.distributor.v1.WithdrawalState;
import io.siyu.mall.proto.order.v1.AfterSaleOpened;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.sandbox.SandboxClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What belongs to the person: whatever seats they sell or sold by, and whatever they may do now.
 */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class PersonRpcTest {

  private static final Instant PAID = Instant.parse("2026-05-01T00:00:00Z");
  private static final String ID_NUMBER = "11010519491231002X";

  private final SandboxClient weChatPay = DistributorEnvironment.weChatPay();

  @AfterEach
  void reset() {
    weChatPay.reset();
  }

  private static void close(Seller seller) {
    admin()
        .closeDistributor(
            CloseDistributorRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(seller.id().toString())
                .setReason("不做了")
                .build());
  }

  private static void suspend(Seller seller) {
    admin()
        .suspendDistributor(
            SuspendDistributorRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(seller.id().toString())
                .setReason("调查中")
                .build());
  }

  private static void resume(Seller seller) {
    admin()
        .resumeDistributor(
            ResumeDistributorRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(seller.id().toString())
                .setReason("没有问题")
                .build());
  }

  private static Seller join(UUID member, ApplyRequest application) {
    Distributor applied =
        TestGrpc.as(TestTokens.member(member), DistributorsGrpc::newBlockingStub)
            .apply(application);
    Distributor active =
        admin()
            .approveApplication(
                ApproveApplicationRequest.newBuilder()
                    .setRequestId(Cast.id())
                    .setDistributorId(applied.getDistributorId())
                    .build());
    return new Seller(member, UUID.fromString(active.getDistributorId()), application.getOpenid());
  }

  /** The same member under a new seat, with another phone. */
  private static Seller joinAgain(Seller before) {
    close(before);
    return join(before.member(), application(inviteBy(admin())));
  }

  private static Withdrawal request(Seller seller, long amount) {
    return seller
        .withdrawals()
        .requestWithdrawal(
            RequestWithdrawalRequest.newBuilder()
                .setRequestId(Cast.id())
                .setAmount(fen(amount))
                .build());
  }

  private static Withdrawal approve(Withdrawal withdrawal) {
    return finance()
        .approveWithdrawal(
            ApproveWithdrawalRequest.newBuilder()
                .setRequestId(Cast.id())
                .setWithdrawalId(withdrawal.getWithdrawalId())
                .build());
  }

  private static Withdrawal now(Withdrawal withdrawal) {
    return finance()
        .getWithdrawal(
            GetWithdrawalRequest.newBuilder()
                .setWithdrawalId(withdrawal.getWithdrawalId())
                .build());
  }

  private Withdrawal paid(Withdrawal withdrawal) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !now(withdrawal).getPackageInfo().isEmpty());
    weChatPay.confirmTransfer(withdrawal.getBillNo());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> now(withdrawal).getState() == WithdrawalState.WITHDRAWAL_PAID);
    return now(withdrawal);
  }

  private static Share share(Seller seller) {
    return seller
        .sharing()
        .createShare(
            CreateShareRequest.newBuilder()
                .setRequestId(Cast.id())
                .setChannel(Channel.LINK)
                .setTarget(ShareTarget.newBuilder().setType(ShareTarget.Type.SHOP))
                .build());
  }

  private static LineAttribution attribution(UUID buyer) {
    return TestGrpc.as(TestTokens.service("order"), SharingGrpc::newBlockingStub)
        .attribute(
            AttributeRequest.newBuilder()
                .setMemberId(buyer.toString())
                .addLines(
                    AttributeLine.newBuilder()
                        .setLineKey("1")
                        .setProductId(Cast.id())
                        .setSkuId(Cast.id())
                        .setBrandCode(Cast.BRAND)
                        .setBrandId(Cast.BRAND_ID.toString()))
                .build())
        .getLines(0);
  }

  private static void open(UUID buyer, Share share) {
    TestGrpc.as(TestTokens.member(buyer), SharingGrpc::newBlockingStub)
        .openTouch(
            OpenTouchRequest.newBuilder()
                .setRequestId(Cast.id())
                .setShareCode(share.getShareCode())
                .build());
  }

  @Test
  void whatWasEarnedUnderAnEarlierSeatIsStillThere() {
    Seller first = seller();
    earn(first, 100_000);
    Order later = Order.of(1, 500_000);
    accepted(event(later.paid(credited(first.id(), null, 1_000, 0), PAID), later.id()));
    Seller again = joinAgain(first);
    assertNotEquals(first.id(), again.id());
    assertEquals(100_000, again.balance().getAvailable().getMinorUnits());
    assertEquals(50_000, again.balance().getPending().getMinorUnits());

    // What happens to an order of the earlier seat lands there too, and what the new one earns.
    accepted(
        event(later.received(PAID.plusSeconds(60)), later.id()),
        event(later.completed(PAID.plusSeconds(120)), later.id()));
    earn(again, 7_000);
    assertEquals(157_000, again.balance().getAvailable().getMinorUnits());
    assertEquals(
        3,
        again
            .ledger()
            .listCommissions(ListCommissionsRequest.getDefaultInstance())
            .getCommissionsCount());
    assertFalse(
        again
            .ledger()
            .listPostings(ListPostingsRequest.getDefaultInstance())
            .getPostingsList()
            .stream()
            .filter(p -> !p.getOwnerId().equals(first.member().toString()))
            .findAny()
            .isPresent());

    Withdrawal all = request(again, 157_000);
    approve(all);
    paid(all);
    assertEquals(0, again.balance().getAvailable().getMinorUnits());
    assertEquals(157_000, again.balance().getPaid().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void aDebtIsNotLeftBehind() {
    Seller first = seller();
    Order order = earn(first, 30_000);
    Withdrawal withdrawal = request(first, 30_000);
    approve(withdrawal);
    paid(withdrawal);
    Seller again = joinAgain(first);
    accepted(event(refund(order), order.id()));
    assertEquals(30_000, again.balance().getDebt().getMinorUnits());
    earn(again, 40_000);
    assertEquals(0, again.balance().getDebt().getMinorUnits());
    assertEquals(10_000, again.balance().getAvailable().getMinorUnits());
    assertEquals(
        1,
        again
            .withdrawals()
            .listWithdrawals(ListWithdrawalsRequest.getDefaultInstance())
            .getWithdrawalsCount());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void theYearIsThePersonsAndNotThePhones() {
    Seller first = seller();
    earn(first, 1_000_000);
    assertEquals(9_000, approve(request(first, 1_000_000)).getTax().getMinorUnits());
    Seller again = joinAgain(first);
    earn(again, 1_000_000);
    assertEquals(24_000, approve(request(again, 1_000_000)).getTax().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void theDaysCapIsThePersonsToo() {
    Seller first = seller();
    earn(first, 3_000_000);
    request(first, 2_000_000);
    Seller again = joinAgain(first);
    refused("DAILY_CAP_REACHED", () -> request(again, 100));
  }

  @Test
  void twoMembersOfOneIdentityAreOnePerson() {
    ApplyRequest one =
        application(inviteBy(admin())).toBuilder().setIdNumber(ID_NUMBER.toLowerCase()).build();
    ApplyRequest two = application(inviteBy(admin())).toBuilder().setIdNumber(ID_NUMBER).build();
    Seller anna = join(UUID.randomUUID(), one);
    Seller annaToo = join(UUID.randomUUID(), two);
    earn(anna, 1_000_000);
    earn(annaToo, 1_000_000);
    assertEquals(9_000, approve(request(anna, 1_000_000)).getTax().getMinorUnits());
    assertEquals(24_000, approve(request(annaToo, 1_000_000)).getTax().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void whatTheyWereTaxedBeforeItWasKnownCountsOnceItIs() {
    Seller anna = join(UUID.randomUUID(), application(inviteBy(admin())));
    ApplyRequest same = application(inviteBy(admin()));
    Seller bella = join(UUID.randomUUID(), same);
    earn(anna, 1_000_000);
    earn(bella, 1_000_000);
    assertEquals(9_000, approve(request(anna, 1_000_000)).getTax().getMinorUnits());
    assertEquals(9_000, approve(request(bella, 1_000_000)).getTax().getMinorUnits());
    // Anna joins again under the name and phone that Bella has.
    close(anna);
    Seller again =
        join(
            anna.member(),
            application(inviteBy(admin())).toBuilder()
                .setRealName(same.getRealName())
                .setPhone("+86" + same.getPhone())
                .build());
    earn(again, 1_000_000);
    // (30 000 − 6 000 − 5 000) × 3 % = 570; 180 are withheld.
    assertEquals(39_000, approve(request(again, 1_000_000)).getTax().getMinorUnits());
  }

  @Test
  void aSharedPhoneAloneIsNotAnIdentity() {
    ApplyRequest one = application(inviteBy(admin()));
    Seller husband = join(UUID.randomUUID(), one);
    Seller wife =
        join(
            UUID.randomUUID(),
            application(inviteBy(admin())).toBuilder().setPhone(one.getPhone()).build());
    earn(husband, 1_000_000);
    earn(wife, 1_000_000);
    assertEquals(9_000, approve(request(husband, 1_000_000)).getTax().getMinorUnits());
    assertEquals(9_000, approve(request(wife, 1_000_000)).getTax().getMinorUnits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"110105194912310021", "11010519491331002X", "1101051949123100", "身份证"})
  void anIdentityNumberMustBeOne(String number) {
    ApplyRequest wrong = application(inviteBy(admin())).toBuilder().setIdNumber(number).build();
    refused("INVALID_ARGUMENT", () -> join(UUID.randomUUID(), wrong));
  }

  @Test
  void olderSharesBindingsAndUplinesCountForTheSeatThatTheyHaveNow() {
    Seller first = seller();
    Seller recruit = sellerUnder(first);
    Share share = share(first);
    UUID bound = UUID.randomUUID();
    open(bound, share);
    UUID fan = UUID.randomUUID();
    open(fan, share(recruit));
    close(first);
    assertEquals("", attribution(bound).getDistributorId(), "closed: nobody");

    Seller again = join(first.member(), application(inviteBy(admin())));
    assertEquals(again.id().toString(), attribution(bound).getDistributorId());
    UUID fresh = UUID.randomUUID();
    open(fresh, share);
    LineAttribution touched = attribution(fresh);
    assertEquals(LineAttribution.Reason.TOUCH, touched.getReason());
    assertEquals(again.id().toString(), touched.getDistributorId());
    assertEquals(again.id().toString(), attribution(fan).getUplineId());
    assertEquals(2, again.sharing().listFans(ListFansRequest.getDefaultInstance()).getFansCount());
    assertEquals(
        recruit.id().toString(),
        again
            .distributors()
            .listTeam(ListTeamRequest.getDefaultInstance())
            .getDistributors(0)
            .getDistributorId());
    // Bound to the same person all the time: a share under the new seat changes nothing.
    open(bound, share(again));
    assertEquals(2, again.sharing().listFans(ListFansRequest.getDefaultInstance()).getFansCount());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void staffBindToTheSeatThatIsMeant() {
    Seller first = seller();
    Seller again = joinAgain(first);
    UUID buyer = UUID.randomUUID();
    assertEquals(
        again.id().toString(),
        TestGrpc.as(
                TestTokens.staff(io.siyu.mall.platform.identity.Role.PLATFORM_ADMIN),
                SharingGrpc::newBlockingStub)
            .bindMember(
                BindMemberRequest.newBuilder()
                    .setRequestId(Cast.id())
                    .setMemberId(buyer.toString())
                    .setDistributorId(first.id().toString())
                    .setReason("老客户")
                    .build())
            .getDistributorId());
  }

  @Test
  void whoeverRecruitedTheirRecruiterGetsNoUplineFromBelow() {
    Seller top = seller();
    Seller below = sellerUnder(top);
    close(top);
    Seller again = join(top.member(), application(inviteBy(below.distributors())));
    Distributor view =
        again
            .distributors()
            .getMyDistributor(
                io.siyu.mall.proto.distributor.v1.GetMyDistributorRequest.getDefaultInstance());
    assertEquals("", view.getUplineId());
  }

  @Test
  void theClosedAreStillPaid() {
    Seller seller = seller();
    earn(seller, 20_000);
    Withdrawal before = request(seller, 5_000);
    close(seller);
    approve(before);
    assertEquals(15_000, seller.balance().getAvailable().getMinorUnits());
    Withdrawal rest = request(seller, 15_000);
    approve(rest);
    paid(before);
    paid(rest);
    assertEquals(20_000, seller.balance().getPaid().getMinorUnits());

    // An application that is turned down takes nothing away.
    earn(seller, 9_000);
    TestGrpc.as(seller.token(), DistributorsGrpc::newBlockingStub)
        .apply(application(inviteBy(admin())));
    request(seller, 9_000);
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void theSuspendedOnesIsHeldUntilTheyAreResumed() {
    Seller seller = seller();
    earn(seller, 1_000_000);
    Withdrawal requested = request(seller, 1_000_000);
    suspend(seller);
    Withdrawal held = approve(requested);
    assertEquals(WithdrawalState.HELD, held.getState());
    assertEquals(0, held.getTax().getMinorUnits());
    assertTrue(held.getPayee().getOnHold());
    assertEquals(DistributorState.SUSPENDED, held.getPayee().getDistributorState());
    assertEquals("调查中", held.getPayee().getStateReason());
    await().during(Duration.ofSeconds(2)).until(() -> now(held).getState() == held.getState());
    LedgerRpcTest.assertReconciled();

    resume(seller);
    Withdrawal done = paid(requested);
    assertEquals(9_000, done.getTax().getMinorUnits());
    assertEquals(
        List.of(
            WithdrawalDecision.Kind.APPROVED,
            WithdrawalDecision.Kind.HELD,
            WithdrawalDecision.Kind.RELEASED),
        done.getDecisionsList().stream().map(WithdrawalDecision::getKind).toList());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void whoeverIsClosedWhileHeldIsPaid() {
    Seller seller = seller();
    earn(seller, 10_000);
    Withdrawal requested = request(seller, 10_000);
    suspend(seller);
    approve(requested);
    close(seller);
    paid(requested);
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void financeSeesDebtAndOpenCasesBesideIt() {
    Seller first = seller();
    Order order = earn(first, 30_000);
    Seller seller = joinAgain(first);
    Withdrawal requested = request(seller, 20_000);
    Order disputed = earn(seller, 4_000);
    accepted(
        event(
            AfterSaleOpened.newBuilder()
                .setCaseId(Cast.id())
                .setOrderId(disputed.id().toString())
                .setOrderLineId(disputed.line().toString())
                .setOpenedAt(ProtoTime.to(PAID.plusSeconds(200)))
                .build(),
            disputed.id()),
        event(refund(order), order.id()));
    Withdrawal seen =
        finance()
            .listWithdrawals(
                ListWithdrawalsRequest.newBuilder().setDistributorId(first.id().toString()).build())
            .getWithdrawals(0);
    assertEquals(requested.getWithdrawalId(), seen.getWithdrawalId());
    assertEquals(seller.member().toString(), seen.getMemberId());
    assertEquals(16_000, seen.getPayee().getDebt().getMinorUnits());
    assertEquals(1, seen.getPayee().getOpenCaseCount());
    assertEquals(4_000, seen.getPayee().getAtStake().getMinorUnits());
    assertEquals(disputed.id().toString(), seen.getPayee().getOpenCases(0).getOrderId());
    assertFalse(seen.getPayee().getOnHold());
    // The distributor sees none of it.
    assertFalse(
        seller
            .withdrawals()
            .listWithdrawals(ListWithdrawalsRequest.getDefaultInstance())
            .getWithdrawals(0)
            .hasPayee());
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
        .setRefundedAt(ProtoTime.to(PAID.plusSeconds(500)))
        .setAfterCompletion(true)
        .build();
  }
}
