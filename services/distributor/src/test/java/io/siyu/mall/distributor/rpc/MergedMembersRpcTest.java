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
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Order;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Channel;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.distributor.v1.ApplyRequest;
import io.siyu.mall.proto.distributor.v1.ApproveWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.AttributeLine;
import io.siyu.mall.proto.distributor.v1.AttributeRequest;
import io.siyu.mall.proto.distributor.v1.CreateShareRequest;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.GetDistributorRequest;
import io.siyu.mall.proto.distributor.v1.GetMyDistributorRequest;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.HasSeatRequest;
import io.siyu.mall.proto.distributor.v1.LedgerGrpc;
import io.siyu.mall.proto.distributor.v1.ListBindingsRequest;
import io.siyu.mall.proto.distributor.v1.ListCommissionsRequest;
import io.siyu.mall.proto.distributor.v1.ListFansRequest;
import io.siyu.mall.proto.distributor.v1.ListNameCorrectionsRequest;
import io.siyu.mall.proto.distributor.v1.ListTeamRequest;
import io.siyu.mall.proto.distributor.v1.NameCorrection;
import io.siyu.mall.proto.distributor.v1.NameCorrectionsGrpc;
import io.siyu.mall.proto.distributor.v1.OpenTouchRequest;
import io.siyu.mall.proto.distributor.v1.RequestNameCorrectionRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.Share;
import io.siyu.mall.proto.distributor.v1.ShareTarget;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.Withdrawal;
import io.siyu.mall.proto.distributor.v1.WithdrawalState;
import io.siyu.mall.proto.membership.v1.MemberMerged;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.sandbox.SandboxClient;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One person who had two members has one: their money, seats, buyers and years are one's. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class MergedMembersRpcTest {

  private static final Instant PAID = Instant.parse("2026-05-01T00:00:00Z");

  private final SandboxClient weChatPay = DistributorEnvironment.weChatPay();

  @Inject Pool pool;

  @AfterEach
  void everythingAddsUp() {
    weChatPay.reset();
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void moneyAndSeatsBecomeTheSurvivorsAndLateEventsFollow() {
    Seller absorbed = seller();
    Seller survivor = seller();
    earn(absorbed, 30_000);
    earn(survivor, 5_000);
    Order late = Order.of(1, 100_000);
    accepted(event(late.paid(credited(absorbed.id(), null, 1_000, 0), PAID), late.id()));
    Order unheard = Order.of(1, 40_000);
    merge(absorbed.member(), survivor.member());
    merge(absorbed.member(), survivor.member());

    assertEquals(35_000, survivor.balance().getAvailable().getMinorUnits());
    assertEquals(10_000, survivor.balance().getPending().getMinorUnits());
    refused("NOT_A_DISTRIBUTOR", absorbed::balance);
    accepted(
        event(late.received(PAID.plusSeconds(60)), late.id()),
        event(late.completed(PAID.plusSeconds(120)), late.id()),
        event(unheard.paid(credited(absorbed.id(), null, 1_000, 0), PAID), unheard.id()));
    assertEquals(45_000, survivor.balance().getAvailable().getMinorUnits());
    assertEquals(4_000, survivor.balance().getPending().getMinorUnits());
    assertEquals(
        4,
        survivor
            .ledger()
            .listCommissions(ListCommissionsRequest.getDefaultInstance())
            .getCommissionsCount());

    // The seat that stays is the survivor's own, and what they are called can still be read.
    assertEquals(survivor.id().toString(), me(survivor).getDistributorId());
    assertEquals(DistributorState.ACTIVE, me(survivor).getState());
    Distributor ended =
        admin()
            .getDistributor(
                GetDistributorRequest.newBuilder()
                    .setDistributorId(absorbed.id().toString())
                    .build());
    assertEquals(DistributorState.CLOSED, ended.getState());
    assertEquals(survivor.member().toString(), ended.getMemberId());
    assertTrue(hasSeat(survivor.member()));
    assertFalse(hasSeat(absorbed.member()));
  }

  @Test
  void whatOneOwesTheOtherPays() {
    Seller absorbed = seller();
    Seller survivor = seller();
    owe(absorbed, 30_000);
    earn(survivor, 50_000);
    merge(absorbed.member(), survivor.member());
    assertEquals(20_000, survivor.balance().getAvailable().getMinorUnits());

    Seller rich = seller();
    Seller poor = seller();
    earn(rich, 10_000);
    owe(poor, 30_000);
    merge(rich.member(), poor.member());
    assertEquals(0, poor.balance().getAvailable().getMinorUnits());
    refused("DEBT_OPEN", () -> request(poor, 100));
  }

  @Test
  void aWithdrawalUnderWayEndsWithTheSurvivor() {
    Seller absorbed = seller();
    Seller survivor = seller();
    earn(absorbed, 30_000);
    Withdrawal paying = approve(request(absorbed, 10_000));
    Withdrawal waiting = request(absorbed, 20_000);
    await().atMost(Duration.ofSeconds(20)).until(() -> !now(paying).getPackageInfo().isEmpty());
    merge(absorbed.member(), survivor.member());
    assertEquals(30_000, survivor.balance().getWithdrawing().getMinorUnits());
    LedgerRpcTest.assertReconciled();
    weChatPay.confirmTransfer(paying.getBillNo());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> now(paying).getState() == WithdrawalState.WITHDRAWAL_PAID);
    Withdrawal rejected =
        finance()
            .rejectWithdrawal(
                io.siyu.mall.proto.distributor.v1.RejectWithdrawalRequest.newBuilder()
                    .setRequestId(Cast.id())
                    .setWithdrawalId(waiting.getWithdrawalId())
                    .setReason("资料不全")
                    .build());
    assertEquals(survivor.member().toString(), rejected.getMemberId());
    assertEquals(20_000, survivor.balance().getAvailable().getMinorUnits());
    assertEquals(10_000, survivor.balance().getPaid().getMinorUnits());
  }

  @Test
  void whoeverNeverSoldTakesTheSeatOver() {
    Seller absorbed = seller();
    Seller recruit = sellerUnder(absorbed);
    earn(absorbed, 8_000);
    UUID survivor = UUID.randomUUID();
    merge(absorbed.member(), survivor);
    Seller now = new Seller(survivor, absorbed.id(), absorbed.openid());
    assertEquals(8_000, now.balance().getAvailable().getMinorUnits());
    assertEquals(DistributorState.ACTIVE, me(now).getState());
    assertEquals(absorbed.id().toString(), me(recruit).getUplineId());
    // Sealed for the survivor: the name is opened when it is paid.
    Withdrawal all = approve(request(now, 8_000));
    await().atMost(Duration.ofSeconds(20)).until(() -> !now(all).getPackageInfo().isEmpty());
    // With the token before the merge an application is the survivor's.
    refused("ALREADY_DISTRIBUTOR", () -> apply(absorbed.member()));
  }

  @Test
  void thoseBelowStandBelowTheSeatThatStays() {
    Seller absorbed = seller();
    Seller middle = sellerUnder(absorbed);
    Seller survivor = sellerUnder(middle);
    Seller below = sellerUnder(absorbed);
    merge(absorbed.member(), survivor.member());
    // They stood, through another one, below themselves.
    assertEquals("", me(survivor).getUplineId());
    assertEquals(survivor.id().toString(), me(middle).getUplineId());
    assertEquals(survivor.id().toString(), me(below).getUplineId());
    assertEquals(
        2,
        survivor
            .distributors()
            .listTeam(ListTeamRequest.getDefaultInstance())
            .getDistributorsCount());
  }

  @Test
  void whatTheyOpenedAndOrderedAddsUp() {
    Seller seller = seller();
    UUID absorbed = UUID.randomUUID();
    UUID survivor = UUID.randomUUID();
    open(absorbed, share(seller));
    Order before = order(absorbed);
    accepted(event(before.paid(nobody(), PAID), before.id()));
    merge(absorbed, survivor);
    assertEquals(seller.id().toString(), attribution(survivor).getDistributorId());
    Order late = order(absorbed);
    accepted(event(late.paid(nobody(), PAID.plusSeconds(60)), late.id()));
    var fan = seller.sharing().listFans(ListFansRequest.getDefaultInstance()).getFans(0);
    assertEquals(2, fan.getPaidOrders());
    assertTrue(fan.getEffective());
    // The token before the merge opens a share: for whoever goes on.
    Seller other = seller();
    open(absorbed, share(other));
    assertEquals(other.id().toString(), attribution(survivor).getDistributorId());
  }

  @Test
  void ofTwoBindingsTheSurvivorsStaysAndNobodyBelongsToThemselves() {
    Seller seller = seller();
    Seller absorbed = seller();
    Seller survivor = seller();
    open(absorbed.member(), share(seller));
    open(survivor.member(), share(absorbed));
    merge(absorbed.member(), survivor.member());
    assertEquals(seller.id().toString(), openBinding(survivor.member()));

    UUID one = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    open(one, share(seller));
    open(other, share(survivor));
    merge(one, other);
    assertEquals(survivor.id().toString(), openBinding(other));
    assertEquals("", openBinding(one));
  }

  @Test
  void linksOfAChainComeInAnyOrder() {
    Seller first = seller();
    Seller second = seller();
    Seller third = seller();
    earn(first, 1_000);
    earn(second, 2_000);
    earn(third, 4_000);
    merge(second.member(), third.member());
    merge(first.member(), second.member());
    assertEquals(7_000, third.balance().getAvailable().getMinorUnits());

    Seller fourth = seller();
    merge(third.member(), fourth.member());
    earn(first, 8_000);
    assertEquals(15_000, fourth.balance().getAvailable().getMinorUnits());
  }

  @Test
  void theYearIsThePersons() {
    Seller absorbed = seller();
    Seller survivor = seller();
    earn(absorbed, 1_000_000);
    earn(survivor, 1_000_000);
    assertEquals(9_000, approve(request(absorbed, 1_000_000)).getTax().getMinorUnits());
    merge(absorbed.member(), survivor.member());
    assertEquals(24_000, approve(request(survivor, 1_000_000)).getTax().getMinorUnits());
  }

  @Test
  void aNameThatWasAskedForIsAskedForAnew() {
    Seller absorbed = seller();
    Seller survivor = seller();
    NameCorrection asked = rename(absorbed);
    NameCorrection own = rename(survivor);
    merge(absorbed.member(), survivor.member());
    List<NameCorrection> all =
        TestGrpc.as(TestTokens.staff(Role.FINANCE), NameCorrectionsGrpc::newBlockingStub)
            .listNameCorrections(ListNameCorrectionsRequest.getDefaultInstance())
            .getCorrectionsList();
    assertEquals(NameCorrection.State.REJECTED, state(all, asked));
    assertEquals(NameCorrection.State.REQUESTED, state(all, own));
  }

  @Test
  void whatIsLeftBehindIsFound() {
    Seller absorbed = seller();
    Seller survivor = seller();
    earn(absorbed, 3_000);
    Withdrawal waiting = request(absorbed, 1_000);
    merge(absorbed.member(), survivor.member());
    Object theirs = Ids.buffer(absorbed.member());
    Object ours = Ids.buffer(survivor.member());
    Object id = Ids.buffer(UUID.fromString(waiting.getWithdrawalId()));
    String withdrawal = "UPDATE withdrawals SET member_id = ? WHERE id = ?";
    found(withdrawal, theirs, id);
    repaired(withdrawal, ours, id);
    String buyer = "UPDATE buyers SET paid_orders = paid_orders + ? WHERE member_id = ?";
    found(buyer, 1, theirs);
    repaired(buyer, -1, theirs);
    String person = "UPDATE people SET person_id = ? WHERE member_id = ?";
    found(person, Ids.buffer(UUID.randomUUID()), theirs);
    repaired(person, ours, theirs);
    String account = "UPDATE accounts SET merged_into = ? WHERE member_id = ?";
    found(account, null, theirs);
    repaired(account, ours, theirs);
  }

  private void found(String sql, Object... values) {
    execute(sql, values);
    assertEquals(1, merged().getDifferenceCount(), sql);
  }

  private void repaired(String sql, Object... values) {
    execute(sql, values);
    assertEquals(0, merged().getDifferenceCount(), sql);
  }

  private void execute(String sql, Object... values) {
    pool.preparedQuery(sql)
        .execute(Tuple.from(java.util.Arrays.asList(values)))
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  private static Check merged() {
    return TestGrpc.as(TestTokens.staff(Role.AUDITOR), LedgerGrpc::newBlockingStub)
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList()
        .stream()
        .filter(check -> check.getName().equals("members.merged-hold-nothing"))
        .findFirst()
        .orElseThrow();
  }

  private static void merge(UUID absorbed, UUID survivor) {
    Event told =
        event(
            MemberMerged.newBuilder()
                .setAbsorbedMemberId(absorbed.toString())
                .setSurvivorMemberId(survivor.toString())
                .setMergedAt(ProtoTime.to(PAID))
                .build(),
            absorbed);
    accepted(told);
  }

  private static void owe(Seller seller, long amount) {
    Order order = earn(seller, amount);
    request(seller, amount);
    accepted(
        event(
            LineRefunded.newBuilder()
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
                .build(),
            order.id()));
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

  private static Distributor apply(UUID member) {
    ApplyRequest application = application(inviteBy(admin()));
    return TestGrpc.as(TestTokens.member(member), DistributorsGrpc::newBlockingStub)
        .apply(application);
  }

  private static Distributor me(Seller seller) {
    return seller.distributors().getMyDistributor(GetMyDistributorRequest.getDefaultInstance());
  }

  private static boolean hasSeat(UUID member) {
    return TestGrpc.as(TestTokens.service("membership"), DistributorsGrpc::newBlockingStub)
        .hasSeat(HasSeatRequest.newBuilder().setMemberId(member.toString()).build())
        .getHasSeat();
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

  private static void open(UUID buyer, Share share) {
    TestGrpc.as(TestTokens.member(buyer), SharingGrpc::newBlockingStub)
        .openTouch(
            OpenTouchRequest.newBuilder()
                .setRequestId(Cast.id())
                .setShareCode(share.getShareCode())
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

  private static String openBinding(UUID member) {
    return TestGrpc.as(TestTokens.staff(Role.AUDITOR), SharingGrpc::newBlockingStub)
        .listBindings(ListBindingsRequest.newBuilder().setMemberId(member.toString()).build())
        .getBindingsList()
        .stream()
        .filter(binding -> !binding.hasEndedAt())
        .map(io.siyu.mall.proto.distributor.v1.Binding::getDistributorId)
        .findFirst()
        .orElse("");
  }

  private static Order order(UUID member) {
    return new Order(UUID.randomUUID(), UUID.randomUUID(), member, 1, 1_000);
  }

  private static LineAttribution nobody() {
    return LineAttribution.newBuilder().setReason(LineAttribution.Reason.NOBODY).build();
  }

  private static NameCorrection rename(Seller seller) {
    return TestGrpc.as(seller.token(), NameCorrectionsGrpc::newBlockingStub)
        .requestNameCorrection(
            RequestNameCorrectionRequest.newBuilder()
                .setRequestId(Cast.id())
                .setRealName("王晓明")
                .setReason("写错了")
                .build());
  }

  private static NameCorrection.State state(List<NameCorrection> all, NameCorrection wanted) {
    return all.stream()
        .filter(c -> c.getCorrectionId().equals(wanted.getCorrectionId()))
        .findFirst()
        .orElseThrow()
        .getState();
  }
}
