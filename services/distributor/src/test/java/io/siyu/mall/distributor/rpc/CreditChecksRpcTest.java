package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.accepted;
import static io.siyu.mall.distributor.rpc.Cast.event;
import static io.siyu.mall.distributor.rpc.Cast.fen;
import static io.siyu.mall.distributor.rpc.Cast.rate;
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
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Channel;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.cps.v1.CpsAttribution;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import io.siyu.mall.proto.cps.v1.CpsOrderState;
import io.siyu.mall.proto.cps.v1.Platform;
import io.siyu.mall.proto.distributor.v1.AttributeLine;
import io.siyu.mall.proto.distributor.v1.AttributeRequest;
import io.siyu.mall.proto.distributor.v1.BindMemberRequest;
import io.siyu.mall.proto.distributor.v1.CloseDistributorRequest;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.proto.distributor.v1.CommissionRulesGrpc;
import io.siyu.mall.proto.distributor.v1.CommissionRulesGrpc.CommissionRulesBlockingStub;
import io.siyu.mall.proto.distributor.v1.CreateRuleRequest;
import io.siyu.mall.proto.distributor.v1.CreateShareRequest;
import io.siyu.mall.proto.distributor.v1.EndRuleRequest;
import io.siyu.mall.proto.distributor.v1.OpenTouchRequest;
import io.siyu.mall.proto.distributor.v1.ReassignUplineRequest;
import io.siyu.mall.proto.distributor.v1.RecallSellersRequest;
import io.siyu.mall.proto.distributor.v1.ResolveSellersRequest;
import io.siyu.mall.proto.distributor.v1.ResolveSellersResponse;
import io.siyu.mall.proto.distributor.v1.ResolvedSeller;
import io.siyu.mall.proto.distributor.v1.ResumeDistributorRequest;
import io.siyu.mall.proto.distributor.v1.ReviseRuleRequest;
import io.siyu.mall.proto.distributor.v1.RuleScope;
import io.siyu.mall.proto.distributor.v1.SellerMoment;
import io.siyu.mall.proto.distributor.v1.SellersGrpc;
import io.siyu.mall.proto.distributor.v1.ShareTarget;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.SuspendDistributorRequest;
import io.siyu.mall.proto.distributor.v1.Touch;
import io.siyu.mall.proto.membership.v1.MemberSignedIn;
import io.siyu.mall.proto.order.v1.EventLine;
import io.siyu.mall.proto.order.v1.OrderPaid;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reconciliation finds again who had to be credited, and by which rule, whatever was written. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class CreditChecksRpcTest {

  private static final String SELLERS = "credit.sellers-as-of-the-order";
  private static final String RULES = "credit.rules-as-of-the-order";
  private static final String OUTSIDE = "credit.sellers-as-of-the-outside-order";
  private static final String RECORDS = "credit.records-tell-state-and-upline";

  @Inject TestClock clock;
  @Inject Pool pool;

  private final UUID buyer = UUID.randomUUID();
  private UUID line = UUID.randomUUID();
  private final String product = Cast.id();
  private final String sku = Cast.id();
  private Instant start;
  private Seller firstUpline;
  private Seller secondUpline;
  private Seller seller;

  @BeforeEach
  void begin() {
    start = clock.instant();
    clock.set(start);
    firstUpline = Cast.seller();
    secondUpline = Cast.seller();
    seller = Cast.sellerUnder(firstUpline);
  }

  @AfterEach
  void end() {
    clock.reset();
  }

  private Instant minute(int minute) {
    return start.plus(Duration.ofMinutes(minute));
  }

  private void goTo(int minute) {
    clock.set(minute(minute));
  }

  private static CommissionRulesBlockingStub rules() {
    return TestGrpc.as(
        TestTokens.staff(Role.BRAND_ADMIN, Cast.BRAND), CommissionRulesGrpc::newBlockingStub);
  }

  private CommissionRule rule() {
    return rules()
        .createRule(
            CreateRuleRequest.newBuilder()
                .setRequestId(Cast.id())
                .setScope(RuleScope.newBuilder().setType(RuleScope.Type.PRODUCT).setId(product))
                .setBrandCode(Cast.BRAND)
                .setDirectTerms(rate(1_000))
                .setUplineTerms(rate(300))
                .build());
  }

  private void reassign(Seller upline) {
    Cast.admin()
        .reassignUpline(
            ReassignUplineRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(seller.id().toString())
                .setUplineId(upline.id().toString())
                .setReason("换上级")
                .build());
  }

  private void suspend() {
    Cast.admin()
        .suspendDistributor(
            SuspendDistributorRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(seller.id().toString())
                .setReason("核查")
                .build());
  }

  private void resume() {
    Cast.admin()
        .resumeDistributor(
            ResumeDistributorRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(seller.id().toString())
                .setReason("无问题")
                .build());
  }

  private void bind() {
    TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), SharingGrpc::newBlockingStub)
        .bindMember(
            BindMemberRequest.newBuilder()
                .setRequestId(Cast.id())
                .setMemberId(buyer.toString())
                .setDistributorId(seller.id().toString())
                .setReason("测试")
                .build());
  }

  private LineAttribution attribute() {
    return TestGrpc.as(TestTokens.service("order"), SharingGrpc::newBlockingStub)
        .attribute(
            AttributeRequest.newBuilder()
                .setMemberId(buyer.toString())
                .addLines(
                    AttributeLine.newBuilder()
                        .setLineKey("a")
                        .setProductId(product)
                        .setSkuId(sku)
                        .setBrandId(Cast.BRAND_ID.toString())
                        .setBrandCode(Cast.BRAND)
                        .addCategoryIds(Cast.id()))
                .build())
        .getLines(0);
  }

  private void paid(LineAttribution attribution) {
    UUID order = UUID.randomUUID();
    accepted(
        event(
            OrderPaid.newBuilder()
                .setOrderId(order.toString())
                .setOrderNo("NO" + order.toString().substring(0, 8))
                .setTradeId(Cast.id())
                .setMemberId(buyer.toString())
                .setBrandId(Cast.BRAND_ID.toString())
                .setBrandCode(Cast.BRAND)
                .setPaid(fen(1_000))
                .setPlacedAt(ProtoTime.to(clock.instant()))
                .setPaidAt(ProtoTime.to(clock.instant()))
                .addLines(
                    EventLine.newBuilder()
                        .setOrderLineId(line.toString())
                        .setSkuId(sku)
                        .setProductId(product)
                        .setTitle("婴儿湿巾")
                        .setQuantity(1)
                        .setPaid(fen(1_000))
                        .setAttribution(attribution))
                .build(),
            order));
  }

  private static Check check(String name) {
    return LedgerRpcTest.auditor()
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList()
        .stream()
        .filter(check -> check.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Object bytes(UUID id) {
    return io.vertx.mutiny.core.buffer.Buffer.buffer(
            ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array())
        .getDelegate();
  }

  private void sql(String sql, Object... values) {
    pool.preparedQuery(sql).execute(Tuple.from(values)).await().indefinitely();
  }

  private void keep(LineAttribution attribution) {
    sql(
        "UPDATE line_facts SET attribution = ? WHERE order_line_id = ?",
        io.vertx.core.buffer.Buffer.buffer(attribution.toByteArray()),
        bytes(line));
  }

  /** What the check says while another answer is kept; the right one is there again afterwards. */
  private long differencesWith(LineAttribution wrong, LineAttribution right, String name) {
    keep(wrong);
    try {
      return check(name).getDifferenceCount();
    } finally {
      keep(right);
    }
  }

  private static LineAttribution at(LineAttribution attribution, Instant at) {
    return attribution.toBuilder().setDecidedAt(ProtoTime.to(at)).build();
  }

  @Test
  void aCreditToAnUplineThatWasAnothersThenIsFound() {
    rule();
    bind();
    goTo(5);
    reassign(secondUpline);
    goTo(10);
    LineAttribution right = attribute();
    assertEquals(secondUpline.id().toString(), right.getUplineId());
    paid(right);
    LedgerRpcTest.assertReconciled();
    assertTrue(check(SELLERS).getCompared() > 0);
    LineAttribution old = right.toBuilder().setUplineId(firstUpline.id().toString()).build();
    assertEquals(1, differencesWith(old, right, SELLERS));
    assertEquals(1, differencesWith(right.toBuilder().setUplineId("").build(), right, SELLERS));
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void aCreditToWhoWasSuspendedIsFound() {
    rule();
    bind();
    goTo(5);
    LineAttribution right = attribute();
    paid(right);
    goTo(10);
    suspend();
    goTo(20);
    resume();
    assertEquals(1, differencesWith(at(right, minute(15)), right, SELLERS));
    assertEquals(0, differencesWith(at(right, minute(10)), right, SELLERS), "it may be either");
    assertEquals(0, differencesWith(at(right, minute(25)), right, SELLERS));
    LedgerRpcTest.assertReconciled();
  }

  private static final LineAttribution NOBODY =
      LineAttribution.newBuilder()
          .setReason(LineAttribution.Reason.NOBODY)
          .setPolicyVersion(1)
          .build();

  /** How many differences an order of the moment makes that nobody is credited with. */
  private long differencesWithNobodyAt(int minute) {
    goTo(minute);
    LineAttribution right = attribute();
    paid(right);
    long before = check(SELLERS).getDifferenceCount();
    assertEquals(0, before, "minute " + minute);
    long differences = differencesWith(NOBODY, right, SELLERS);
    boolean found = !right.getDistributorId().isEmpty();
    assertEquals(found ? 1 : 0, differences, "as it was answered then, minute " + minute);
    line = UUID.randomUUID();
    return differences;
  }

  private SharingGrpc.SharingBlockingStub buyer() {
    return TestGrpc.as(TestTokens.member(buyer), SharingGrpc::newBlockingStub);
  }

  private static String shop(Seller of) {
    return of.sharing()
        .createShare(
            CreateShareRequest.newBuilder()
                .setRequestId(Cast.id())
                .setChannel(Channel.POSTER)
                .setTarget(ShareTarget.newBuilder().setType(ShareTarget.Type.SHOP))
                .build())
        .getShareCode();
  }

  private static Touch open(SharingGrpc.SharingBlockingStub who, String share) {
    return who.openTouch(
        OpenTouchRequest.newBuilder().setRequestId(Cast.id()).setShareCode(share).build());
  }

  private void signIn(Touch visit) {
    accepted(
        event(
            MemberSignedIn.newBuilder()
                .setMemberId(buyer.toString())
                .setAnonymousId(visit.getAnonymousId())
                .setAt(ProtoTime.to(clock.instant()))
                .build(),
            buyer));
  }

  @Test
  void aLineThatCreditsNobodyThoughTheBuyerWasBoundIsFound() {
    assertEquals(0, differencesWithNobodyAt(2));
    goTo(5);
    bind();
    assertEquals(1, differencesWithNobodyAt(10));
    goTo(12);
    suspend();
    assertEquals(0, differencesWithNobodyAt(15), "suspended");
    goTo(17);
    resume();
    assertEquals(1, differencesWithNobodyAt(20));
    goTo(22);
    close(seller);
    assertEquals(0, differencesWithNobodyAt(25), "no seat");
    goTo(27);
    Seller again = Cast.sellerAgain(seller.member());
    assertEquals(1, differencesWithNobodyAt(30), "the present seat");
    assertEquals(again.id().toString(), attribute().getDistributorId());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void aLineThatCreditsNobodyThoughAShareWasOpenedIsFound() {
    String share = shop(seller);
    Touch visit = open(TestGrpc.anonymous(SharingGrpc::newBlockingStub), share);
    assertEquals(0, differencesWithNobodyAt(5), "a visitor's opening is nobody's");
    goTo(10);
    signIn(visit);
    assertEquals(1, differencesWithNobodyAt(15), "what they opened is theirs now");
    LedgerRpcTest.assertReconciled();
    sql("UPDATE bindings SET ended_at = started_at WHERE member_id = ?", bytes(buyer));
    sql("UPDATE buyers SET open_binding_id = NULL WHERE member_id = ?", bytes(buyer));
    assertEquals(1, differencesWithNobodyAt(20), "by the opening alone");
    assertEquals(0, differencesWithNobodyAt(25 * 60), "too long ago");
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void aBindingThatBeganBeforeItWasKnownReplacesTheOtherSinceItIsKnown() {
    bind();
    goTo(3);
    Touch visit = open(TestGrpc.anonymous(SharingGrpc::newBlockingStub), shop(secondUpline));
    assertEquals(1, differencesWithNobodyAt(6));
    goTo(10);
    signIn(visit);
    assertEquals(1, differencesWithNobodyAt(15));
    goTo(20);
    unbind();
    LedgerRpcTest.assertReconciled();
    assertEquals(0, differencesWithNobodyAt(26 * 60), "unbound");
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void oneDoesNotEarnByOneself() {
    open(buyer(), shop(seller));
    assertEquals(1, differencesWithNobodyAt(5));
    goTo(10);
    Cast.sellerAgain(buyer);
    assertEquals(0, differencesWithNobodyAt(15), "a distributor's own purchase");
    LedgerRpcTest.assertReconciled();
  }

  private void unbind() {
    TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), SharingGrpc::newBlockingStub)
        .bindMember(
            BindMemberRequest.newBuilder()
                .setRequestId(Cast.id())
                .setMemberId(buyer.toString())
                .setReason("测试")
                .build());
  }

  @Test
  void aCreditByARuleThatWasNotInForceIsFound() {
    CommissionRule first = rule();
    bind();
    goTo(5);
    LineAttribution right = attribute();
    paid(right);
    CommissionRule second =
        rules()
            .reviseRule(
                ReviseRuleRequest.newBuilder()
                    .setRequestId(Cast.id())
                    .setRuleId(first.getRuleId())
                    .setVersion(1)
                    .setDirectTerms(rate(3_000))
                    .setEffectiveFrom(ProtoTime.to(minute(60)))
                    .build());
    goTo(10);
    rules()
        .endRule(
            EndRuleRequest.newBuilder()
                .setRequestId(Cast.id())
                .setRuleId(first.getRuleId())
                .setVersion(second.getVersion())
                .build());
    LedgerRpcTest.assertReconciled();
    assertEquals(1, differencesWith(at(right, minute(20)), right, RULES), "it was ended");
    LineAttribution early =
        right.toBuilder().setRuleVersion(2).setDirectTerms(rate(3_000)).clearUplineTerms().build();
    assertEquals(1, differencesWith(early, right, RULES), "a revision that had not begun");
    LineAttribution generous = right.toBuilder().setDirectTerms(rate(1_100)).build();
    assertEquals(1, differencesWith(generous, right, RULES), "other terms than the version's");
    LineAttribution none =
        right.toBuilder().setRuleId("").setRuleVersion(0).clearDirectTerms().build();
    assertEquals(1, differencesWith(none, right, RULES), "there was a rule");
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void theSameRuleHoldsForOutsideOrders() {
    goTo(5);
    reassign(secondUpline);
    goTo(10);
    assertEquals(secondUpline.id().toString(), resolved(seller).getSellers(0).getUplineId());
    suspend();
    assertEquals("", resolved(seller).getSellers(0).getUplineId());
    assertTrue(resolved(firstUpline).getSellers(0).getCredited());
    assertEquals(false, resolved(seller).getSellers(0).getCredited());
    goTo(20);
    resume();
    UUID order = UUID.randomUUID();
    CpsOrderChanged.Builder heard = outside(order, secondUpline, minute(8));
    accepted(event(heard.build(), order));
    LedgerRpcTest.assertReconciled();
    assertEquals(1, outsideDifferences(order, heard, firstUpline, minute(8)), "of the last link");
    assertEquals(1, outsideDifferences(order, heard, secondUpline, minute(15)), "suspended");
    assertEquals(0, outsideDifferences(order, heard, secondUpline, minute(25)));
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void outsideOrdersByTheLinksOfAnEarlierSeatAreTheMembersPresentOnes() {
    goTo(5);
    close(seller);
    goTo(10);
    assertFalse(resolved(seller).getSellers(0).getCredited());
    assertEquals(seller.id().toString(), resolved(seller).getSellers(0).getSeatId());
    Seller again = Cast.sellerAgain(seller.member());
    goTo(20);
    ResolvedSeller now = resolved(seller).getSellers(0);
    assertEquals(seller.id().toString(), now.getDistributorId(), "who was asked for");
    assertTrue(now.getCredited());
    assertEquals(again.id().toString(), now.getSeatId());
    assertEquals("", now.getUplineId(), "the platform invited them this time");
    assertEquals("", resolved(seller).getSellers(1).getSeatId(), "nobody");
    assertEquals(List.of(resolvedAs(seller, firstUpline)), recalled(seller, minute(3)));
    assertEquals(
        List.of(ResolvedSeller.newBuilder(resolvedAs(seller, null)).setCredited(false).build()),
        recalled(seller, minute(8)));
    assertEquals(List.of(now), recalled(seller, minute(15)));
    assertEquals(2, recalled(seller, minute(10)).size(), "either");
    UUID order = UUID.randomUUID();
    CpsOrderChanged.Builder heard = outside(order, again, null, minute(15));
    accepted(event(heard.build(), order));
    LedgerRpcTest.assertReconciled();
    keepOutside(order, outside(order, seller, null, minute(15)).build());
    assertEquals(1, check(OUTSIDE).getDifferenceCount(), "the seat that was left");
    keepOutside(order, heard.build());
    LedgerRpcTest.assertReconciled();
  }

  private static ResolvedSeller resolvedAs(Seller seat, Seller upline) {
    return ResolvedSeller.newBuilder()
        .setDistributorId(seat.id().toString())
        .setSeatId(seat.id().toString())
        .setCredited(true)
        .setUplineId(upline == null ? "" : upline.id().toString())
        .build();
  }

  private static List<ResolvedSeller> recalled(Seller of, Instant at) {
    return TestGrpc.as(TestTokens.service("cps"), SellersGrpc::newBlockingStub)
        .recallSellers(
            RecallSellersRequest.newBuilder()
                .addMoments(
                    SellerMoment.newBuilder()
                        .setDistributorId(of.id().toString())
                        .setAt(ProtoTime.to(at)))
                .build())
        .getSellers(0)
        .getAnswersList();
  }

  private static void close(Seller seller) {
    Cast.admin()
        .closeDistributor(
            CloseDistributorRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(seller.id().toString())
                .setReason("不做了")
                .build());
  }

  private static ResolveSellersResponse resolved(Seller of) {
    return TestGrpc.as(TestTokens.service("cps"), SellersGrpc::newBlockingStub)
        .resolveSellers(
            ResolveSellersRequest.newBuilder()
                .addDistributorIds(of.id().toString())
                .addDistributorIds(Cast.id())
                .build());
  }

  private CpsOrderChanged.Builder outside(UUID order, Seller upline, Instant decidedAt) {
    return outside(order, seller, upline, decidedAt);
  }

  private CpsOrderChanged.Builder outside(
      UUID order, Seller direct, Seller upline, Instant decidedAt) {
    return CpsOrderChanged.newBuilder()
        .setCpsOrderId(order.toString())
        .setRevision(1)
        .setPlatform(Platform.TAOBAO)
        .setOrderNo("1")
        .setSubOrderNo("1")
        .setState(CpsOrderState.PAID)
        .setTitle("外部商品")
        .setEstimated(fen(1_000))
        .setClawedBackTotal(fen(0))
        .setPaidAt(ProtoTime.to(minute(0)))
        .setAttribution(
            CpsAttribution.newBuilder()
                .setReason(CpsAttribution.Reason.SUB_AFFILIATE)
                .setDistributorId(direct.id().toString())
                .setUplineId(upline == null ? "" : upline.id().toString())
                .setPolicyVersion(1)
                .setDirectBasisPoints(7_000)
                .setUplineBasisPoints(upline == null ? 0 : 1_000)
                .setDecidedAt(ProtoTime.to(decidedAt)));
  }

  private long outsideDifferences(
      UUID order, CpsOrderChanged.Builder right, Seller upline, Instant decidedAt) {
    keepOutside(order, outside(order, upline, decidedAt).build());
    try {
      return check(OUTSIDE).getDifferenceCount();
    } finally {
      keepOutside(order, right.build());
    }
  }

  private void keepOutside(UUID order, CpsOrderChanged fact) {
    sql(
        "UPDATE cps_facts SET fact = ? WHERE cps_order_id = ?",
        io.vertx.core.buffer.Buffer.buffer(fact.toByteArray()),
        bytes(order));
  }

  @Test
  void aChangeOfASellerWithoutARecordIsFound() {
    LedgerRpcTest.assertReconciled();
    for (String change : List.of("state = 'SUSPENDED'", "upline_id = NULL")) {
      sql("UPDATE distributors SET " + change + " WHERE id = ?", bytes(seller.id()));
      try {
        assertEquals(1, check(RECORDS).getDifferenceCount(), change);
      } finally {
        sql(
            "UPDATE distributors SET state = 'ACTIVE', upline_id = ? WHERE id = ?",
            bytes(firstUpline.id()),
            bytes(seller.id()));
      }
    }
    LedgerRpcTest.assertReconciled();
  }
}
