package io.siyu.mall.cps.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.cps.CpsEnvironment;
import io.siyu.mall.cps.StalledPlatform;
import io.siyu.mall.cps.TestDistributors;
import io.siyu.mall.cps.TestOutsideClock;
import io.siyu.mall.cps.affiliate.ClawbackTime;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.cps.order.Fence;
import io.siyu.mall.cps.order.TakeClawbacks;
import io.siyu.mall.cps.order.TakeDocuments;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.RecordedEvents;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.cps.v1.AcceptClaimRequest;
import io.siyu.mall.proto.cps.v1.Claim;
import io.siyu.mall.proto.cps.v1.ClaimState;
import io.siyu.mall.proto.cps.v1.ClaimsGrpc;
import io.siyu.mall.proto.cps.v1.CpsAttribution;
import io.siyu.mall.proto.cps.v1.CpsOrder;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import io.siyu.mall.proto.cps.v1.CpsOrderState;
import io.siyu.mall.proto.cps.v1.CpsOrdersGrpc;
import io.siyu.mall.proto.cps.v1.CreateClaimRequest;
import io.siyu.mall.proto.cps.v1.CreateLinkRequest;
import io.siyu.mall.proto.cps.v1.Link;
import io.siyu.mall.proto.cps.v1.LinksGrpc;
import io.siyu.mall.proto.cps.v1.ListClaimsRequest;
import io.siyu.mall.proto.cps.v1.ListCpsOrdersRequest;
import io.siyu.mall.proto.cps.v1.ListMyCpsOrdersRequest;
import io.siyu.mall.proto.cps.v1.ListPlatformsRequest;
import io.siyu.mall.proto.cps.v1.ListSyncsRequest;
import io.siyu.mall.proto.cps.v1.RejectClaimRequest;
import io.siyu.mall.proto.cps.v1.StartSyncRequest;
import io.siyu.mall.proto.cps.v1.Sync;
import io.siyu.mall.proto.cps.v1.SyncState;
import io.siyu.mall.proto.cps.v1.SyncsGrpc;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.http.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real client against the sandbox, the real database, the real outbox. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(CpsEnvironment.class)
class SyncTest {

  static final AtomicInteger ERA = new AtomicInteger();
  static final Duration LONG = Duration.ofSeconds(60);

  @Inject SyncPlatform syncPlatform;
  @Inject SyncJobs syncJobs;
  @Inject Platforms platforms;
  @Inject TakeDocuments take;
  @Inject TakeClawbacks takeClawbacks;
  @Inject Jobs jobs;
  @Inject Pool pool;
  @Inject RecordedEvents events;
  @Inject TestClock clock;
  @Inject TestOutsideClock outside;
  @Inject TestDistributors distributors;
  @Inject StalledPlatform stalled;

  SandboxClient taobao;
  Instant now;
  UUID member;
  Seller seller;
  String relation;

  @BeforeEach
  void begin() {
    for (String table :
        List.of("cps_orders", "cps_documents", "clawbacks", "sync_cursors", "syncs", "outbox")) {
      pool.query("DELETE FROM " + table).execute().await().atMost(LONG);
    }
    taobao = CpsEnvironment.taobao();
    taobao.reset();
    taobao.taobaoSettings(Json.object("callsPerSecond", 100_000));
    at(Instant.parse("2025-01-05T00:00:00Z").plus(Duration.ofDays(60L * ERA.incrementAndGet())));
    events.reset();
    member = UUID.randomUUID();
    seller = distributors.put(member, UUID.randomUUID(), true);
    relation = link(member, "655123", UUID.randomUUID().toString()).getSubAffiliateId();
  }

  @AfterEach
  void end() {
    clock.reset();
    taobao.reset();
  }

  @Test
  void ordersComeInOnceHoweverOftenTheyAreAsked() {
    order("PAID");
    order("RECEIVED");
    order("SETTLED");
    order("INVALID");
    io.siyu.mall.cps.sync.Sync first = sync();
    assertEquals(io.siyu.mall.cps.sync.SyncState.RUNNING, first.state());
    assertEquals(4, newest().getChanged());
    sync();
    assertEquals(0, newest().getChanged());
    assertTrue(newest().getDocuments() >= 4);
    await().untilAsserted(() -> assertEquals(4, changes().size()));
    assertTrue(changes().stream().allMatch(e -> e.getRevision() == 1));
    assertTrue(
        changes().stream()
            .allMatch(
                e ->
                    e.getAttribution().getDistributorId().equals(seller.distributorId().toString())
                        && e.getAttribution().getUplineId().equals(seller.uplineId().toString())
                        && e.getAttribution().getDirectBasisPoints() == 7_000));
    assertEquals(4, mine().size());
    assertClean();
  }

  @Test
  void aSettledOrderIsPayableWhenThePaymentMonthIsClosedAndThenClawedBack() {
    String id = order("PAID");
    sync();
    later(Duration.ofDays(3));
    taobao.taobaoAdvance(id, change("RECEIVED", null));
    sync();
    later(Duration.ofDays(3));
    taobao.taobaoAdvance(id, change("SETTLED", 800L));
    sync();
    CpsOrder settled = mine().get(0);
    assertEquals(CpsOrderState.SETTLED, settled.getState());
    assertEquals(800, settled.getSettled().getMinorUnits());
    assertEquals(990, settled.getEstimated().getMinorUnits() + 190, "the last document's estimate");
    assertFalse(settled.getPayable());
    assertEquals(0, release());
    at(Instant.ofEpochSecond(settled.getPayableFrom().getSeconds()));
    assertEquals(1, release());
    assertEquals(0, release());
    assertTrue(mine().get(0).getPayable());
    clawback(id, "r1", 300, 4);
    sync();
    assertEquals(0, mine().get(0).getClawedBack().getMinorUnits(), "not decided yet");
    later(Duration.ofHours(1));
    clawback(id, "r1", 300, 2);
    clawback(id, "r2", 900, 2);
    sync();
    sync();
    CpsOrder back = mine().get(0);
    assertEquals(CpsOrderState.CLAWED_BACK, back.getState());
    assertEquals(800, back.getClawedBack().getMinorUnits(), "never more than was settled");
    assertEquals(0, back.getShare().getMinorUnits());
    await()
        .untilAsserted(
            () -> {
              CpsOrderChanged last = changes().get(changes().size() - 1);
              assertEquals(800, last.getClawedBackTotal().getMinorUnits());
              assertTrue(last.getPayable());
            });
    assertClean();
  }

  @Test
  void aClawbackMayBeKnownBeforeItsOrder() {
    String id = order("SETTLED");
    clawback(id, "early" + id, 90, 2);
    taobao.misbehave(
        Json.object("operation", "taobao.rest", "kind", "DELAY", "delayMillis", 1, "remaining", 1));
    jobs(
        () ->
            platforms
                .require(Platform.TAOBAO)
                .clawbacks(
                    ClawbackTime.RAISED,
                    new io.siyu.mall.cps.affiliate.TimeWindow(now.minusSeconds(7_200), now),
                    null)
                .chain(batch -> takeClawbacks.take(Platform.TAOBAO, batch.entries(), Fence.NONE)));
    sync();
    assertEquals(CpsOrderState.CLAWED_BACK, mine().get(0).getState());
    assertEquals(90, mine().get(0).getClawedBack().getMinorUnits());
    assertClean();
  }

  /** Raised, several of them, granted, deducted, refused in the end: what was taken comes back. */
  @Test
  void whatADisputeTookIsGivenBackWhenItIsRefusedLater() {
    String id = order("SETTLED");
    clawback(id, "r1", 300, 4);
    sync();
    assertEquals(CpsOrderState.SETTLED, mine().get(0).getState());
    next(id, "r1", 300, 11);
    assertEquals(0, mine().get(0).getClawedBack().getMinorUnits(), "several, none decided");
    next(id, "r1", 300, 2);
    assertEquals(300, mine().get(0).getClawedBack().getMinorUnits());
    next(id, "r1", 300, 13);
    next(id, "r2", 200, 12);
    assertEquals(500, mine().get(0).getClawedBack().getMinorUnits());
    next(id, "r1", 300, 3);
    CpsOrder rest = mine().get(0);
    assertEquals(200, rest.getClawedBack().getMinorUnits());
    assertEquals(CpsOrderState.CLAWED_BACK, rest.getState());
    next(id, "r2", 200, 14);
    CpsOrder whole = mine().get(0);
    assertEquals(0, whole.getClawedBack().getMinorUnits(), "the seller pays");
    assertEquals(CpsOrderState.SETTLED, whole.getState());
    assertEquals(693, whole.getShare().getMinorUnits());
    await()
        .untilAsserted(
            () -> {
              CpsOrderChanged last = changes().get(changes().size() - 1);
              assertEquals(0, last.getClawedBackTotal().getMinorUnits());
              assertEquals(CpsOrderState.SETTLED, last.getState());
            });
    assertTrue(
        count("SELECT COUNT(*) FROM cps_documents") >= 1 + 6, "every document is kept as it came");
    assertClean();
  }

  private void next(String id, String suit, long fen, int status) {
    later(Duration.ofHours(1));
    clawback(id, suit, fen, status);
    sync();
  }

  @Test
  void aClawbackIsCommissionAndSubsidyWithoutFeesInEitherShapeOfTheAnswer() {
    taobao.taobaoSettings(Json.object("refundsWrapped", false));
    String id = order("SETTLED");
    taobao.taobaoClawback(
        id,
        Json.object(
            "suitId",
            "s" + id,
            "feeFen",
            300,
            "subsidyFen",
            40,
            "serviceFeeFen",
            30,
            "agentFeeFen",
            3,
            "status",
            2,
            "at",
            now.minusSeconds(20)));
    try {
      sync();
    } finally {
      taobao.taobaoSettings(Json.object("refundsWrapped", true));
    }
    assertEquals(SyncState.SYNC_SUCCEEDED, newest().getState(), newest().getError());
    assertEquals(340, mine().get(0).getClawedBack().getMinorUnits());
    assertEquals(33, count("SELECT fee_fen FROM clawbacks"));
    assertEquals(40, count("SELECT subsidy_fen FROM clawbacks"));
  }

  @Test
  void moreClawbacksThanAPageHas() {
    String id = order("SETTLED");
    for (int i = 0; i < 230; i++) {
      clawback(id, "p" + i + "-", 1, 2);
    }
    sync();
    assertEquals(230, mine().get(0).getClawedBack().getMinorUnits());
    long changes = newest().getChanged();
    sync();
    assertEquals(0, newest().getChanged(), "after " + changes);
  }

  @Test
  void anOpenClawbackIsAskedForAgainUntilItIsDecided() {
    String id = order("SETTLED");
    clawback(id, "r1", 300, 11);
    sync();
    // It is decided at a time that every later window begins after.
    taobao.taobaoClawback(
        id, Json.object("suitId", "r1" + id, "status", 2, "at", now.minusSeconds(10)));
    pool.query("UPDATE sync_cursors SET watermark = '2035-01-01'").execute().await().atMost(LONG);
    later(Duration.ofHours(23));
    sync();
    assertEquals(0, newest().getWindows(), "it was heard of today");
    later(Duration.ofHours(2));
    sync();
    assertEquals(1, newest().getWindows(), "the one window in which it was raised");
    assertEquals(300, mine().get(0).getClawedBack().getMinorUnits());
    later(Duration.ofHours(25));
    sync();
    assertEquals(0, newest().getWindows(), "it is decided");
    assertClean();
  }

  @Test
  void aStateNeverGoesBackwards() {
    String id = order("SETTLED");
    sync();
    later(Duration.ofHours(1));
    taobao.taobaoAdvance(id, change("PAID", 1L));
    sync();
    assertEquals(CpsOrderState.SETTLED, mine().get(0).getState());
    assertEquals(990, mine().get(0).getSettled().getMinorUnits());
    long kept = count("SELECT COUNT(*) FROM cps_documents");
    assertEquals(2, kept, "both documents are kept as they came");
  }

  @Test
  void longAbsencesAreAskedForInTheWindowsThatThePlatformTakes() {
    taobao.taobaoBatch(batch(250, now.minus(Duration.ofHours(7)), now));
    sync();
    assertEquals(SyncState.SYNC_SUCCEEDED, newest().getState());
    assertEquals(250, newest().getChanged());
    assertEquals(4 * 3, newest().getWindows(), "seven hours, four questions");
    later(Duration.ofHours(9));
    sync();
    assertEquals(SyncState.SYNC_SUCCEEDED, newest().getState());
    assertEquals(4 * 4, newest().getWindows());
  }

  @Test
  void aWindowWithMorePagesThanThePlatformGivesIsAskedInParts() {
    taobao.taobaoBatch(batch(10_150, now.minus(Duration.ofHours(2)), now.minusSeconds(60)));
    sync();
    assertEquals("", newest().getError());
    assertEquals(10_150, newest().getChanged());
  }

  @Test
  void throttlingSlowsDownAndLosesNothing() {
    order("PAID");
    taobao.misbehave(
        Json.object(
            "operation",
            "taobao.rest",
            "kind",
            "FAIL",
            "status",
            200,
            "code",
            "isp.call-limited",
            "remaining",
            3));
    sync();
    assertEquals(SyncState.SYNC_SUCCEEDED, newest().getState(), newest().getError());
    assertEquals(1, mine().size());
  }

  @Test
  void brokenAnswersAreAskedForAgain() {
    order("PAID");
    taobao.misbehave("taobao.rest", "NONSENSE", 1);
    taobao.misbehave("taobao.rest", "DROP", 1);
    sync();
    assertEquals(SyncState.SYNC_SUCCEEDED, newest().getState(), newest().getError());
    assertEquals(1, mine().size());
  }

  @Test
  void aStalledPlatformFailsItsRunAndTheNextOneGoesOnWhereItWas() {
    order("PAID");
    taobao.misbehave(
        Json.object("operation", "taobao.rest", "kind", "DELAY", "delayMillis", 60_000));
    sync();
    assertEquals(SyncState.SYNC_FAILED, newest().getState());
    assertFalse(newest().getError().isEmpty());
    assertTrue(mine().isEmpty());
    taobao.reset();
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              sync();
              assertEquals(SyncState.SYNC_SUCCEEDED, newest().getState(), newest().getError());
            });
    assertEquals(1, mine().size());
  }

  @Test
  void aPlatformThatHangsForEverHoldsUpNobody() {
    order("PAID");
    syncJobs.onSchedule();
    syncJobs.onSchedule();
    await().atMost(LONG).untilAsserted(() -> assertEquals(1, mine().size()));
    await().untilAsserted(() -> assertEquals(1, stalled.asked()));
    assertEquals(1, stalled.asked(), "asked once, and not again while it hangs");
  }

  @Test
  void twoReplicasDoNotWorkOnOnePlatformAtOnce() {
    order("PAID");
    taobao.misbehave(
        Json.object(
            "operation", "taobao.rest", "kind", "DELAY", "delayMillis", 500, "remaining", 1));
    Uni<Optional<io.siyu.mall.cps.sync.Sync>> one = run();
    Uni<Optional<io.siyu.mall.cps.sync.Sync>> two = run();
    var both = Uni.combine().all().unis(one, two).asTuple().await().atMost(LONG);
    assertTrue(both.getItem1().isPresent() ^ both.getItem2().isPresent());
  }

  @Test
  void anOpenOrderThatWasNotHeardOfForLongIsAskedForAgain() {
    String id = order("PAID");
    sync();
    // It changes while nobody asks, at a time that every later window begins after.
    taobao.taobaoAdvance(id, Json.object("status", "INVALID", "at", now.minusSeconds(60)));
    Instant changed = now;
    pool.preparedQuery("UPDATE sync_cursors SET watermark = '2035-01-01'")
        .execute()
        .await()
        .atMost(LONG);
    at(changed.plus(Duration.ofDays(8)));
    sync();
    assertEquals(CpsOrderState.INVALID, mine().get(0).getState());
    assertEquals(1, newest().getWindows(), "the one window of the order");
    assertEquals(0, mine().get(0).getShare().getMinorUnits());
  }

  @Test
  void anOrderOfAnUnknownChannelWaitsForAClaim() {
    taobao.taobaoOrder(Json.object("relationId", "1", "at", now.minusSeconds(60)));
    taobao.taobaoOrder(Json.object("at", now.minusSeconds(60)));
    sync();
    assertTrue(mine().isEmpty());
    var orders = TestGrpc.as(TestTokens.staff(Role.FINANCE), CpsOrdersGrpc::newBlockingStub);
    assertEquals(
        2,
        orders
            .listCpsOrders(ListCpsOrdersRequest.newBuilder().setUnattributed(true).build())
            .getOrdersCount());
    assertEquals(0, count("SELECT COUNT(*) FROM outbox"));
    assertTrue(changes().isEmpty());
  }

  @Test
  void aRunThatCannotAskWhoIsCreditedBreaksOffAndTheNextGoesOn() {
    order("PAID");
    distributors.down(true);
    try {
      sync();
    } finally {
      distributors.down(false);
    }
    assertEquals(SyncState.SYNC_FAILED, newest().getState());
    assertEquals(0, count("SELECT COUNT(*) FROM cps_orders"));
    sync();
    assertEquals(1, mine().size());
    assertClean();
  }

  @Test
  void aClaimIsDecidedOnce() {
    String no = order(null);
    sync();
    UUID rival = UUID.randomUUID();
    distributors.put(rival, null, true);
    CreateClaimRequest request =
        CreateClaimRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setPlatform(io.siyu.mall.proto.cps.v1.Platform.TAOBAO)
            .setOrderNo(no)
            .build();
    Claim claim = claims(member).createClaim(request);
    assertEquals(claim, claims(member).createClaim(request));
    Claim second = claims(rival).createClaim(request);
    assertRefused(
        Status.Code.ALREADY_EXISTS,
        () -> claims(member).createClaim(request.toBuilder().setRequestId("again").build()));
    var staff = TestGrpc.as(TestTokens.staff(Role.FINANCE), ClaimsGrpc::newBlockingStub);
    Claim accepted = staff.acceptClaim(accept(claim));
    assertEquals(ClaimState.CLAIM_ACCEPTED, accepted.getState());
    assertEquals(accepted, staff.acceptClaim(accept(claim)));
    assertEquals(1, mine().size());
    await()
        .untilAsserted(
            () ->
                assertEquals(
                    CpsAttribution.Reason.CLAIM, changes().get(0).getAttribution().getReason()));
    assertRefused(Status.Code.FAILED_PRECONDITION, () -> staff.acceptClaim(accept(second)));
    assertRefused(
        Status.Code.FAILED_PRECONDITION,
        () ->
            staff.rejectClaim(
                RejectClaimRequest.newBuilder()
                    .setRequestId("r" + claim.getClaimId())
                    .setClaimId(claim.getClaimId())
                    .setReason("too late")
                    .build()));
    assertRefused(Status.Code.PERMISSION_DENIED, () -> claims(member).acceptClaim(accept(second)));
    ListClaimsRequest all = ListClaimsRequest.getDefaultInstance();
    assertEquals(1, claims(rival).listClaims(all).getClaimsCount());
    assertTrue(staff.listClaims(all).getClaimsCount() >= 2);
    later(Duration.ofHours(1));
    taobao.taobaoAdvance(no, change("RECEIVED", null));
    sync();
    assertEquals(CpsOrderState.RECEIVED, mine().get(0).getState(), "the credit stays");
    assertClean();
  }

  /** Claimed before it was heard of and rejected for that: heard of, it can be claimed again. */
  @Test
  void aRejectedClaimDoesNotBarTheNextOne() {
    String no = Long.toString(7_000_000_000_000_000_000L + ERA.get());
    var staff = TestGrpc.as(TestTokens.staff(Role.FINANCE), ClaimsGrpc::newBlockingStub);
    Claim early = claims(member).createClaim(claim(no));
    assertReason("CPS_CLAIM_EXISTS", () -> claims(member).createClaim(claim(no)));
    assertReason("CPS_NOTHING_TO_CREDIT", () -> staff.acceptClaim(accept(early)));
    staff.rejectClaim(
        RejectClaimRequest.newBuilder()
            .setRequestId("r" + early.getClaimId())
            .setClaimId(early.getClaimId())
            .setReason("not known yet")
            .build());
    taobao.taobaoOrder(Json.object("tradeId", no, "at", now.minusSeconds(60)));
    sync();
    Claim again = claims(member).createClaim(claim(no));
    staff.acceptClaim(accept(again));
    assertEquals(1, mine().size());
    assertReason("CPS_CLAIM_EXISTS", () -> claims(member).createClaim(claim(no)));
    assertEquals(
        2, claims(member).listClaims(ListClaimsRequest.getDefaultInstance()).getClaimsCount());
  }

  @Test
  void manyClaimsOfOneOrderAtOnceAreOne() {
    String no = order(null);
    List<Boolean> made =
        java.util.stream.IntStream.range(0, 6)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    claims(member).createClaim(claim(no));
                    return true;
                  } catch (StatusRuntimeException e) {
                    assertEquals(Status.Code.ALREADY_EXISTS, e.getStatus().getCode());
                    return false;
                  }
                })
            .toList();
    assertEquals(1, made.stream().filter(one -> one).count());
  }

  private static CreateClaimRequest claim(String orderNo) {
    return CreateClaimRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPlatform(io.siyu.mall.proto.cps.v1.Platform.TAOBAO)
        .setOrderNo(orderNo)
        .build();
  }

  private static AcceptClaimRequest accept(Claim claim) {
    return AcceptClaimRequest.newBuilder()
        .setRequestId("a" + claim.getClaimId())
        .setClaimId(claim.getClaimId())
        .build();
  }

  private static ClaimsGrpc.ClaimsBlockingStub claims(UUID caller) {
    return TestGrpc.as(TestTokens.member(caller), ClaimsGrpc::newBlockingStub);
  }

  @Test
  void linksCarryTheDistributorsIdAndARepeatMakesNone() {
    String request = UUID.randomUUID().toString();
    Link first = link(member, "655777", request);
    assertEquals(first, link(member, "655777", request));
    assertEquals(relation, first.getSubAffiliateId());
    assertTrue(first.getUrl().contains(relation));
    assertEquals("655777", first.getItemId());
    assertEquals(1, count("SELECT COUNT(*) FROM links WHERE item_id = '655777'"));
    UUID other = UUID.randomUUID();
    distributors.put(other, null, true);
    assertFalse(
        link(other, "655777", UUID.randomUUID().toString()).getSubAffiliateId().equals(relation));
  }

  /**
   * Each registers at the platform by an own authorisation; one id is stored, and both carry it.
   */
  @Test
  void firstLinksMadeAtOnceCarryTheStoredId() {
    for (int round = 0; round < 5; round++) {
      UUID fresh = UUID.randomUUID();
      distributors.put(fresh, null, true);
      List<Link> links =
          java.util.stream.IntStream.range(0, 4)
              .parallel()
              .mapToObj(
                  i ->
                      TestGrpc.as(TestTokens.member(fresh), LinksGrpc::newBlockingStub)
                          .createLink(
                              CreateLinkRequest.newBuilder()
                                  .setRequestId(UUID.randomUUID().toString())
                                  .setItemId("655777")
                                  .setAuthorization("of-" + fresh + "-" + i)
                                  .build()))
              .toList();
      String id = links.get(0).getSubAffiliateId();
      for (Link link : links) {
        assertEquals(id, link.getSubAffiliateId());
        assertTrue(link.getUrl().contains(id), link.getUrl());
      }
      assertEquals(
          1, count("SELECT COUNT(*) FROM sub_affiliates WHERE sub_affiliate_id = '" + id + "'"));
    }
  }

  @Test
  void linksAreForActiveDistributors() {
    UUID suspended = UUID.randomUUID();
    distributors.put(suspended, null, false);
    assertRefused(Status.Code.FAILED_PRECONDITION, () -> link(suspended, "655777", "s1"));
    assertRefused(Status.Code.NOT_FOUND, () -> link(UUID.randomUUID(), "655777", "s2"));
    assertRefused(Status.Code.INVALID_ARGUMENT, () -> link(member, "", "s3"));
    assertRefused(
        Status.Code.PERMISSION_DENIED,
        () ->
            TestGrpc.as(TestTokens.staff(Role.FINANCE), LinksGrpc::newBlockingStub)
                .createLink(CreateLinkRequest.newBuilder().setRequestId("s4").build()));
  }

  @Test
  void staffStartARunOnce() {
    order("PAID");
    var syncs = TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), SyncsGrpc::newBlockingStub);
    StartSyncRequest request =
        StartSyncRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setPlatform(io.siyu.mall.proto.cps.v1.Platform.TAOBAO)
            .build();
    Sync queued = syncs.startSync(request);
    assertEquals(queued, syncs.startSync(request));
    await().atMost(LONG).untilAsserted(() -> assertEquals(1, mine().size()));
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertEquals(SyncState.SYNC_SUCCEEDED, newest().getState()));
    assertEquals(queued.getSyncId(), newest().getSyncId());
    assertTrue(newest().getStartedBy().startsWith("STAFF:"));
    var standing = syncs.listPlatforms(ListPlatformsRequest.getDefaultInstance());
    assertTrue(
        standing.getPlatformsList().stream()
            .anyMatch(p -> p.getConfigured() && p.getStreamsCount() == 4));
    assertRefused(
        Status.Code.PERMISSION_DENIED,
        () ->
            TestGrpc.as(TestTokens.staff(Role.BRAND_ADMIN, "x"), SyncsGrpc::newBlockingStub)
                .startSync(request));
  }

  private void at(Instant instant) {
    now = instant;
    clock.set(instant);
    outside.set(instant);
  }

  private void later(Duration duration) {
    at(now.plus(duration));
  }

  /** An order in the state; null: a paid one that came without an id. */
  private String order(String status) {
    return taobao
        .taobaoOrder(
            Json.object(
                "relationId",
                status == null ? null : relation,
                "status",
                status,
                "at",
                now.minusSeconds(60)))
        .get("tradeId")
        .asText();
  }

  private ObjectNode change(String status, Long commission) {
    return Json.object("status", status, "at", now.minusSeconds(30), "commissionFen", commission);
  }

  private ObjectNode batch(int count, Instant from, Instant to) {
    return Json.object("count", count, "from", from, "to", to, "relationIds", List.of(relation));
  }

  private void clawback(String trade, String suit, long fen, int status) {
    taobao.taobaoClawback(
        trade,
        Json.object(
            "suitId", suit + trade, "feeFen", fen, "status", status, "at", now.minusSeconds(20)));
  }

  private Uni<Optional<io.siyu.mall.cps.sync.Sync>> run() {
    return jobs.run(() -> syncPlatform.run(platforms.require(Platform.TAOBAO), "TEST"));
  }

  private io.siyu.mall.cps.sync.Sync sync() {
    return run().await().atMost(LONG).orElseThrow();
  }

  private int release() {
    return jobs(() -> take.releasePayable(100));
  }

  private <T> T jobs(Supplier<Uni<T>> work) {
    return jobs.run(work).await().atMost(LONG);
  }

  private Sync newest() {
    return TestGrpc.as(TestTokens.staff(Role.AUDITOR), SyncsGrpc::newBlockingStub)
        .listSyncs(
            ListSyncsRequest.newBuilder()
                .setPlatform(io.siyu.mall.proto.cps.v1.Platform.TAOBAO)
                .build())
        .getSyncs(0);
  }

  private List<CpsOrder> mine() {
    return TestGrpc.as(TestTokens.member(member), CpsOrdersGrpc::newBlockingStub)
        .listMyCpsOrders(ListMyCpsOrdersRequest.newBuilder().setPageSize(100).build())
        .getOrdersList();
  }

  private List<CpsOrderChanged> changes() {
    return events.of(CpsOrderChanged.class, "distributor");
  }

  private Link link(UUID caller, String item, String request) {
    return TestGrpc.as(TestTokens.member(caller), LinksGrpc::newBlockingStub)
        .createLink(CreateLinkRequest.newBuilder().setRequestId(request).setItemId(item).build());
  }

  private long count(String sql) {
    return pool.query(sql).execute().await().atMost(LONG).iterator().next().getLong(0);
  }

  private void assertClean() {
    TestGrpc.as(TestTokens.staff(Role.AUDITOR), CpsOrdersGrpc::newBlockingStub)
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList()
        .forEach(check -> assertEquals(0, check.getDifferenceCount(), check.toString()));
  }

  private static void assertReason(String reason, Supplier<?> call) {
    StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call::get);
    assertTrue(RemoteErrors.hasReason(refused, reason), refused.toString());
  }

  private static void assertRefused(Status.Code code, Supplier<?> call) {
    assertEquals(code, assertThrows(StatusRuntimeException.class, call::get).getStatus().getCode());
  }
}
