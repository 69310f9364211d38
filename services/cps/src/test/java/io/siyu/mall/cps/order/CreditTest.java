package io.siyu.mall.cps.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.cps.CpsEnvironment;
import io.siyu.mall.cps.TestDistributors;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.cps.v1.AcceptClaimRequest;
import io.siyu.mall.proto.cps.v1.Claim;
import io.siyu.mall.proto.cps.v1.ClaimsGrpc;
import io.siyu.mall.proto.cps.v1.CpsOrdersGrpc;
import io.siyu.mall.proto.cps.v1.CreateClaimRequest;
import io.siyu.mall.proto.cps.v1.CreateLinkRequest;
import io.siyu.mall.proto.cps.v1.LinksGrpc;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is credited with an outside order: whoever is at the moment that it is first heard of. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(CpsEnvironment.class)
class CreditTest {

  private static final String DECISIONS = "cps.credit-follows-from-sellers";
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Instant MADE = Instant.parse("2026-05-01T04:00:00Z");
  private static final UUID FIRST_UPLINE = new UUID(7, 1);
  private static final UUID SECOND_UPLINE = new UUID(7, 2);

  @Inject TakeDocuments take;
  @Inject SqlCpsOrders orders;
  @Inject TestDistributors distributors;
  @Inject TestClock clock;
  @Inject Jobs jobs;
  @Inject Pool pool;

  private final UUID member = UUID.randomUUID();
  private final String orderNo = "C" + UUID.randomUUID().toString().substring(0, 12);
  private Seller seller;
  private String sub;

  @BeforeEach
  void begin() {
    seller = distributors.put(member, FIRST_UPLINE, true);
    sub = link(member);
    distributors.takeQuestions();
  }

  @AfterEach
  void end() {
    distributors.down(false);
    clock.reset();
    for (String table : List.of("cps_orders", "cps_documents", "claims")) {
      pool.query("DELETE FROM " + table).execute().await().atMost(LONG);
    }
  }

  private static String link(UUID member) {
    return TestGrpc.as(TestTokens.member(member), LinksGrpc::newBlockingStub)
        .createLink(
            CreateLinkRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setItemId("655123")
                .build())
        .getSubAffiliateId();
  }

  private OrderDocument part(String part, String id, CpsOrderState state) {
    boolean settled = state == CpsOrderState.SETTLED;
    Instant at = MADE.plusSeconds(state.ordinal() * 60L);
    return new OrderDocument(
        new CpsOrderKey(Platform.TAOBAO, orderNo, part),
        state,
        id,
        "title",
        "item",
        1,
        Money.fen(9_900),
        Money.fen(1_000),
        settled ? Money.fen(1_000) : null,
        Money.ZERO,
        MADE,
        MADE,
        null,
        settled ? at : null,
        at,
        settled ? at.plusSeconds(3_600) : null,
        part + id + state);
  }

  private void heard(OrderDocument... documents) {
    jobs.run(() -> take.orders(Platform.TAOBAO, List.of(documents))).await().atMost(LONG);
  }

  private CpsOrder stored(String part) {
    UUID id = new CpsOrderKey(Platform.TAOBAO, orderNo, part).id();
    return pool.withTransaction(
            c -> orders.lock(io.siyu.mall.platform.sql.SqlTransaction.of(c), List.of(id)))
        .await()
        .atMost(LONG)
        .get(id);
  }

  private Claim claim(UUID who) {
    return TestGrpc.as(TestTokens.member(who), ClaimsGrpc::newBlockingStub)
        .createClaim(
            CreateClaimRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setPlatform(io.siyu.mall.proto.cps.v1.Platform.TAOBAO)
                .setOrderNo(orderNo)
                .build());
  }

  private static Claim accept(Claim claim) {
    return TestGrpc.as(TestTokens.staff(Role.FINANCE), ClaimsGrpc::newBlockingStub)
        .acceptClaim(
            AcceptClaimRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setClaimId(claim.getClaimId())
                .build());
  }

  private static String refusal(Runnable call) {
    StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call::run);
    return RemoteErrors.from(refused).reason();
  }

  private static Map<String, Long> differences() {
    return TestGrpc.as(TestTokens.staff(Role.AUDITOR), CpsOrdersGrpc::newBlockingStub)
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList()
        .stream()
        .filter(check -> check.getDifferenceCount() > 0)
        .collect(java.util.stream.Collectors.toMap(Check::getName, Check::getDifferenceCount));
  }

  @Test
  void theUplineIsTheOneOfWhenTheOrderIsHeardOf() {
    distributors.change(seller.distributorId(), SECOND_UPLINE, true);
    heard(part("1", sub, CpsOrderState.PAID));
    Credit credit = stored("1").credit();
    assertEquals(SECOND_UPLINE, credit.uplineId(), "not the one of the last link");
    assertEquals(1_000, credit.uplineBasisPoints());
    distributors.change(seller.distributorId(), FIRST_UPLINE, false);
    heard(part("1", sub, CpsOrderState.SETTLED));
    assertEquals(CpsOrderState.SETTLED, stored("1").state());
    assertEquals(credit, stored("1").credit(), "frozen");
    assertEquals(Map.of(), differences());
  }

  @Test
  void whoIsNotActiveIsNotCreditedNorWhenTheyAreLater() {
    distributors.change(seller.distributorId(), FIRST_UPLINE, false);
    heard(part("1", sub, CpsOrderState.PAID));
    assertNull(stored("1").credit());
    distributors.change(seller.distributorId(), FIRST_UPLINE, true);
    heard(part("1", sub, CpsOrderState.PAID));
    heard(part("1", sub, CpsOrderState.SETTLED));
    assertNull(stored("1").credit(), "it was decided when it was first heard of");
    assertEquals(1, distributors.takeQuestions().size());
    assertEquals(Map.of(), differences());
    accept(claim(member));
    assertEquals(seller.distributorId(), stored("1").credit().distributorId());
    assertEquals(Credit.Reason.CLAIM, stored("1").credit().reason());
    assertEquals(Map.of(), differences());
  }

  @Test
  void aLinkOfAnEarlierSeatCreditsTheOneThatTheMemberHas() {
    Instant start = clock.instant();
    clock.set(start.plusSeconds(60));
    distributors.change(seller.distributorId(), FIRST_UPLINE, false);
    clock.set(start.plusSeconds(120));
    heard(part("1", sub, CpsOrderState.PAID));
    assertNull(stored("1").credit(), "there is no seat");
    clock.set(start.plusSeconds(180));
    Seller again = distributors.put(member, SECOND_UPLINE, true);
    clock.set(start.plusSeconds(240));
    heard(part("1", sub, CpsOrderState.SETTLED), part("2", sub, CpsOrderState.PAID));
    assertNull(stored("1").credit(), "decided when it was first heard of");
    assertEquals(again.distributorId(), stored("2").credit().distributorId());
    assertEquals(SECOND_UPLINE, stored("2").credit().uplineId());
    assertEquals(Map.of(), differences());
    change("distributor_id = " + literal(seller), "2");
    assertEquals(Map.of(DECISIONS, 1L), differences(), "credited to the seat that was left");
    change("distributor_id = NULL, upline_id = NULL, credit_reason = NULL", "2");
    assertEquals(1, differences().get(DECISIONS), "nobody, though there was one");
    change("by_seat_now = 0", "2");
    assertNull(differences().get(DECISIONS), "decided before seats were followed");
  }

  @Test
  void aClaimOfAnEarlierSeatCreditsTheOneThatTheMemberHas() {
    heard(part("1", null, CpsOrderState.PAID));
    Claim claim = claim(member);
    distributors.change(seller.distributorId(), FIRST_UPLINE, false);
    Seller again = distributors.put(member, null, true);
    accept(claim);
    heard(part("2", null, CpsOrderState.PAID));
    for (String part : List.of("1", "2")) {
      assertEquals(again.distributorId(), stored(part).credit().distributorId(), part);
    }
    assertEquals(Map.of(), differences());
  }

  @Test
  void whoJoinedAgainGoesOnWithTheirAccountAtThePlatform() {
    distributors.change(seller.distributorId(), FIRST_UPLINE, false);
    Seller again = distributors.put(member, null, true);
    String account = link(member);
    // A platform that tells accounts apart by who authorised gives the id of the earlier seat.
    give(seller, null);
    give(again, seller);
    assertEquals(account, link(member));
    give(seller, distributors.put(UUID.randomUUID(), null, true));
    assertEquals("CPS_SUB_AFFILIATE_TAKEN", refusal(() -> link(member)), "it is another's");
  }

  /** What the platform knows one seat by becomes the other's; null: nobody's. */
  private void give(Seller from, Seller to) {
    pool.query(
            (to == null
                    ? "DELETE FROM sub_affiliates"
                    : "UPDATE sub_affiliates SET distributor_id = " + literal(to))
                + " WHERE distributor_id = "
                + literal(from))
        .execute()
        .await()
        .atMost(LONG);
  }

  private static String literal(Seller seat) {
    return "x'" + seat.distributorId().toString().replace("-", "") + "'";
  }

  @Test
  void aPageIsOneQuestionAndWhatIsKnownNone() {
    UUID other = UUID.randomUUID();
    Seller second = distributors.put(other, null, true);
    String secondSub = link(other);
    OrderDocument[] page = {
      part("1", sub, CpsOrderState.PAID),
      part("2", secondSub, CpsOrderState.PAID),
      part("3", sub, CpsOrderState.PAID),
      part("4", null, CpsOrderState.PAID)
    };
    heard(page);
    assertEquals(
        List.of(Set.of(seller.distributorId(), second.distributorId())),
        distributors.takeQuestions());
    heard(page);
    heard(part("1", sub, CpsOrderState.SETTLED));
    assertTrue(distributors.takeQuestions().isEmpty());
    assertNull(stored("2").credit().uplineId());
    assertEquals(0, stored("2").credit().uplineBasisPoints());
  }

  @Test
  void whileNobodyAnswersNothingIsTakenAndThenAllOfIt() {
    distributors.down(true);
    assertThrows(Exception.class, () -> heard(part("1", sub, CpsOrderState.PAID)));
    assertNull(stored("1"));
    distributors.down(false);
    heard(part("1", sub, CpsOrderState.PAID));
    assertEquals(seller.distributorId(), stored("1").credit().distributorId());
  }

  @Test
  void aClaimIsDecidedByHowTheClaimantIsThen() {
    heard(part("1", null, CpsOrderState.PAID));
    Claim claim = claim(member);
    distributors.change(seller.distributorId(), FIRST_UPLINE, false);
    assertEquals("CPS_CLAIMANT_NOT_ACTIVE", refusal(() -> accept(claim)));
    assertNull(stored("1").credit());
    distributors.change(seller.distributorId(), SECOND_UPLINE, true);
    accept(claim);
    assertEquals(SECOND_UPLINE, stored("1").credit().uplineId());
  }

  @Test
  void whatWasAcceptedHoldsForPartsHeardOfLater() {
    heard(part("1", null, CpsOrderState.PAID));
    accept(claim(member));
    distributors.change(seller.distributorId(), SECOND_UPLINE, false);
    UUID other = UUID.randomUUID();
    Seller second = distributors.put(other, null, true);
    heard(part("2", null, CpsOrderState.PAID), part("3", link(other), CpsOrderState.PAID));
    Credit later = stored("2").credit();
    assertEquals(seller.distributorId(), later.distributorId());
    assertEquals(FIRST_UPLINE, later.uplineId(), "as it was when the claim was accepted");
    assertEquals(Credit.Reason.CLAIM, later.reason());
    assertEquals(second.distributorId(), stored("3").credit().distributorId());
    assertEquals(Map.of(), differences());
  }

  @Test
  void aPartAndAClaimAtTheSameMomentMissNeverEachOther() {
    for (int round = 0; round < 8; round++) {
      heard(part("a" + round, null, CpsOrderState.PAID));
      UUID claimant = UUID.randomUUID();
      Seller mine = distributors.put(claimant, null, true);
      Claim claim = claim(claimant);
      List<Thread> both = new ArrayList<>();
      String part = "b" + round;
      both.add(new Thread(() -> heard(part(part, null, CpsOrderState.PAID))));
      both.add(new Thread(() -> accept(claim)));
      both.forEach(Thread::start);
      both.forEach(
          thread -> {
            try {
              thread.join();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      assertEquals(mine.distributorId(), stored(part).credit().distributorId(), "round " + round);
      end();
    }
  }

  @Test
  void reconciliationSeesAnUndecidedOrderAndAnothersCredit() {
    heard(part("1", sub, CpsOrderState.PAID), part("2", sub, CpsOrderState.PAID));
    change("decided_at = NULL, distributor_id = NULL, credit_reason = NULL", "1");
    change("distributor_id = upline_id", "2");
    assertEquals(Map.of("cps.sub-affiliates-are-decided", 1L, DECISIONS, 1L), differences());
  }

  @Test
  void reconciliationAsksAgainWhoHadToBeCredited() {
    Instant start = clock.instant();
    clock.set(start.plusSeconds(60));
    heard(part("1", sub, CpsOrderState.PAID));
    clock.set(start.plusSeconds(120));
    distributors.change(seller.distributorId(), SECOND_UPLINE, false);
    clock.set(start.plusSeconds(180));
    heard(part("2", sub, CpsOrderState.PAID));
    assertEquals(Map.of(), differences());
    change("decided_at = decided_at + INTERVAL 2 MINUTE", "1");
    assertEquals(Map.of(DECISIONS, 1L), differences(), "credited while suspended");
    change("decided_at = decided_at - INTERVAL 2 MINUTE", "1");
    change("decided_at = decided_at - INTERVAL 2 MINUTE", "2");
    assertEquals(Map.of(DECISIONS, 1L), differences(), "not credited while active");
    change("decided_at = decided_at + INTERVAL 2 MINUTE, upline_id = NULL", "2");
    change("upline_id = UNHEX(REPEAT('0', 32))", "1");
    assertEquals(Map.of(DECISIONS, 1L), differences(), "another upline");
  }

  @Test
  void reconciliationFindsSharesThatNoPolicyGives() {
    heard(part("1", sub, CpsOrderState.PAID), part("2", sub, CpsOrderState.PAID));
    assertEquals(Map.of(), differences());
    change("direct_basis_points = direct_basis_points + 1", "1");
    change("policy_version = policy_version + 1", "2");
    assertEquals(Map.of("cps.shares-follow-from-policies", 2L), differences());
  }

  private void change(String what, String part) {
    pool.preparedQuery("UPDATE cps_orders SET " + what + " WHERE order_no = ? AND sub_order_no = ?")
        .execute(io.vertx.mutiny.sqlclient.Tuple.of(orderNo, part))
        .await()
        .atMost(LONG);
  }
}
