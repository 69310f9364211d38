package io.siyu.mall.cps.attribution;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.cps.CpsEnvironment;
import io.siyu.mall.cps.TestDistributors;
import io.siyu.mall.cps.TestOutsideClock;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sync.SyncPlatform;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.RecordedEvents;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.cps.v1.AcceptClaimRequest;
import io.siyu.mall.proto.cps.v1.AddSharePolicyRequest;
import io.siyu.mall.proto.cps.v1.Claim;
import io.siyu.mall.proto.cps.v1.ClaimsGrpc;
import io.siyu.mall.proto.cps.v1.CpsAttribution;
import io.siyu.mall.proto.cps.v1.CpsOrder;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import io.siyu.mall.proto.cps.v1.CpsOrdersGrpc;
import io.siyu.mall.proto.cps.v1.CreateClaimRequest;
import io.siyu.mall.proto.cps.v1.CreateLinkRequest;
import io.siyu.mall.proto.cps.v1.LinksGrpc;
import io.siyu.mall.proto.cps.v1.ListMyCpsOrdersRequest;
import io.siyu.mall.proto.cps.v1.ListSharePoliciesRequest;
import io.siyu.mall.proto.cps.v1.SharePoliciesGrpc;
import io.siyu.mall.proto.cps.v1.SharePoliciesGrpc.SharePoliciesBlockingStub;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.http.Json;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shares by a ladder of what was settled in the month before. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(CpsEnvironment.class)
class ShareLadderTest {

  static final Duration LONG = Duration.ofSeconds(30);
  static final Instant OCTOBER = Instant.parse("2041-10-20T04:00:00Z");
  static final Instant NOVEMBER = Instant.parse("2041-11-03T04:00:00Z");

  @Inject SyncPlatform syncPlatform;
  @Inject Platforms platforms;
  @Inject Jobs jobs;
  @Inject Pool pool;
  @Inject RecordedEvents events;
  @Inject TestClock clock;
  @Inject TestOutsideClock outside;
  @Inject TestDistributors distributors;

  SandboxClient taobao;
  Instant now;

  @BeforeEach
  void begin() {
    clear();
    taobao = CpsEnvironment.taobao();
    taobao.reset();
    taobao.taobaoSettings(Json.object("callsPerSecond", 100_000));
    events.reset();
    at(OCTOBER);
  }

  @AfterEach
  void end() {
    clear();
    clock.reset();
    taobao.reset();
  }

  private void clear() {
    for (String table :
        List.of(
            "cps_orders",
            "cps_documents",
            "clawbacks",
            "sync_cursors",
            "syncs",
            "outbox",
            "claims",
            "share_months",
            "share_standings",
            "share_policy_steps",
            "share_policies WHERE version > 1")) {
      pool.query("DELETE FROM " + table).execute().await().atMost(LONG);
    }
  }

  @Test
  void whoSoldMoreInTheMonthBeforeEarnsAGreaterPart() {
    Seller good = join();
    Seller fresh = join();
    add(OCTOBER.plusSeconds(60), 0, 5_000, 1_000, 100_000, 8_000, 500);
    order(good, "SETTLED", 60_000, OCTOBER.plusSeconds(120));
    String returned = order(good, "SETTLED", 60_000, OCTOBER.plusSeconds(130));
    order(good, "PAID", 990_000, OCTOBER.plusSeconds(140));
    taobao.taobaoClawback(
        returned,
        Json.object("suitId", "s1", "feeFen", 20_000, "status", 2, "at", OCTOBER.plusSeconds(150)));
    at(OCTOBER.plusSeconds(600));
    sync();
    assertEquals(1, newest(good).getPolicyStep(), "nothing was settled in September");

    at(NOVEMBER);
    order(good, "PAID", 1_000, NOVEMBER.minusSeconds(60));
    order(fresh, "PAID", 1_000, NOVEMBER.minusSeconds(60));
    sync();
    CpsOrder up = newest(good);
    assertEquals(2, up.getPolicyVersion());
    assertEquals(2, up.getPolicyStep());
    assertEquals(100_000, up.getSettledBefore().getMinorUnits(), "less what was taken back");
    assertEquals(800, up.getShare().getMinorUnits());
    CpsOrder down = newest(fresh);
    assertEquals(1, down.getPolicyStep());
    assertEquals(0, down.getSettledBefore().getMinorUnits());
    assertEquals(500, down.getShare().getMinorUnits());
    await()
        .untilAsserted(
            () -> {
              CpsAttribution told = told(up);
              assertEquals(2, told.getPolicyStep());
              assertEquals(8_000, told.getDirectBasisPoints());
              assertEquals(500, told.getUplineBasisPoints());
              assertEquals(100_000, told.getSettledBefore().getMinorUnits());
            });
  }

  @Test
  void theMonthIsMeasuredOnceAndTheStepStaysForItsOrders() {
    Seller seller = join();
    add(OCTOBER.plusSeconds(60), 0, 5_000, 1_000, 100_000, 8_000, 500);
    at(NOVEMBER);
    order(seller, "PAID", 1_000, NOVEMBER.minusSeconds(60));
    sync();
    CpsOrder first = newest(seller);
    assertEquals(1, first.getPolicyStep());
    // Something settled in October is heard of late.
    pool.query("DELETE FROM sync_cursors").execute().await().atMost(LONG);
    at(OCTOBER.plusSeconds(600));
    order(seller, "SETTLED", 500_000, OCTOBER.plusSeconds(300));
    sync();
    at(NOVEMBER.plusSeconds(3_600));
    order(seller, "PAID", 1_000, NOVEMBER.plusSeconds(3_000));
    sync();
    assertEquals(1, newest(seller).getPolicyStep(), "as all of November");
    at(Instant.parse("2041-12-02T04:00:00Z"));
    order(seller, "PAID", 1_000, now.minusSeconds(60));
    sync();
    assertEquals(1, newest(seller).getPolicyStep(), "nothing was settled in November");
  }

  @Test
  void ordersFromBeforeAVersionAreSharedByTheOneBefore() {
    Seller seller = join();
    order(seller, "PAID", 1_000, OCTOBER.minusSeconds(60));
    add(OCTOBER.plusSeconds(60), 0, 5_000, 1_000);
    order(seller, "PAID", 1_000, OCTOBER.plusSeconds(59));
    order(seller, "PAID", 1_000, OCTOBER.plusSeconds(60));
    at(OCTOBER.plusSeconds(600));
    sync();
    List<CpsOrder> mine = mine(seller);
    assertEquals(List.of(2L, 1L, 1L), mine.stream().map(CpsOrder::getPolicyVersion).toList());
    assertEquals(
        List.of(500L, 700L, 700L), mine.stream().map(o -> o.getShare().getMinorUnits()).toList());
    assertFalse(mine.get(0).hasSettledBefore(), "one step needs no measure");
  }

  @Test
  void aClaimIsSharedByTheClaimantsStep() {
    Seller seller = join();
    add(OCTOBER.plusSeconds(60), 0, 5_000, 1_000, 100_000, 8_000, 500);
    order(seller, "SETTLED", 100_000, OCTOBER.plusSeconds(120));
    at(OCTOBER.plusSeconds(600));
    sync();
    at(NOVEMBER);
    String lost = order(null, "PAID", 1_000, NOVEMBER.minusSeconds(60));
    sync();
    Claim claim =
        TestGrpc.as(TestTokens.member(seller.member()), ClaimsGrpc::newBlockingStub)
            .createClaim(
                CreateClaimRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setPlatform(io.siyu.mall.proto.cps.v1.Platform.TAOBAO)
                    .setOrderNo(lost)
                    .build());
    TestGrpc.as(TestTokens.staff(Role.FINANCE), ClaimsGrpc::newBlockingStub)
        .acceptClaim(
            AcceptClaimRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setClaimId(claim.getClaimId())
                .build());
    assertEquals(2, newest(seller).getPolicyStep());
    assertEquals(800, newest(seller).getShare().getMinorUnits());
  }

  @Test
  void versionsAreAddedByThoseWhoMayAndOnlyForTheFuture() {
    AddSharePolicyRequest request = request(OCTOBER.plusSeconds(60), 0, 6_000, 1_000);
    var finance = as(Role.FINANCE);
    assertEquals(2, finance.addSharePolicy(request).getVersion());
    assertEquals(2, finance.addSharePolicy(request).getVersion(), "a repeat adds none");
    AddSharePolicyRequest earlier = request(OCTOBER.plusSeconds(30), 0, 6_000, 0);
    assertRefused(
        Status.Code.FAILED_PRECONDITION, () -> as(Role.PLATFORM_ADMIN).addSharePolicy(earlier));
    var third =
        as(Role.PLATFORM_ADMIN).addSharePolicy(earlier.toBuilder().addReplacesVersions(2).build());
    assertEquals(3, third.getVersion());
    assertEquals(List.of(2L), third.getReplacedVersionsList(), "it says what never comes");
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        () -> finance.addSharePolicy(request(OCTOBER, 0, 6_000, 1_000)));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        () -> finance.addSharePolicy(request(OCTOBER.plusSeconds(60), 0, 9_500, 501)));
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        () ->
            finance.addSharePolicy(
                request(OCTOBER.plusSeconds(60), 0, 6_000, 0).toBuilder().setNote("").build()));
    assertRefused(Status.Code.PERMISSION_DENIED, () -> as(Role.AUDITOR).addSharePolicy(request));
    assertRefused(
        Status.Code.PERMISSION_DENIED, () -> as(Role.MENTOR).listSharePolicies(all(1, "")));
    var page = as(Role.AUDITOR).listSharePolicies(all(2, ""));
    assertEquals(
        List.of(3L, 2L), page.getPoliciesList().stream().map(p -> p.getVersion()).toList());
    assertEquals("STAFF:", page.getPolicies(0).getCreatedBy().substring(0, 6));
    var last = as(Role.AUDITOR).listSharePolicies(all(2, page.getNextPageToken()));
    assertEquals(1, last.getPoliciesCount());
    assertEquals(7_000, last.getPolicies(0).getSteps(0).getDirectBasisPoints());
    assertEquals("", last.getNextPageToken());
  }

  private record Seller(UUID member, String relation) {}

  private Seller join() {
    UUID member = UUID.randomUUID();
    distributors.put(member, UUID.randomUUID(), true);
    String relation =
        TestGrpc.as(TestTokens.member(member), LinksGrpc::newBlockingStub)
            .createLink(
                CreateLinkRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setItemId("655123")
                    .build())
            .getSubAffiliateId();
    return new Seller(member, relation);
  }

  private void at(Instant instant) {
    now = instant;
    clock.set(instant);
    outside.set(instant);
  }

  private String order(Seller seller, String status, long commission, Instant at) {
    return taobao
        .taobaoOrder(
            Json.object(
                "relationId",
                seller == null ? null : seller.relation(),
                "status",
                status,
                "commissionFen",
                commission,
                "at",
                at))
        .get("tradeId")
        .asText();
  }

  private void sync() {
    jobs.run(() -> syncPlatform.run(platforms.require(Platform.TAOBAO), "TEST"))
        .await()
        .atMost(LONG)
        .orElseThrow();
  }

  private List<CpsOrder> mine(Seller seller) {
    return TestGrpc.as(TestTokens.member(seller.member()), CpsOrdersGrpc::newBlockingStub)
        .listMyCpsOrders(ListMyCpsOrdersRequest.newBuilder().setPageSize(100).build())
        .getOrdersList();
  }

  private CpsOrder newest(Seller seller) {
    return mine(seller).get(0);
  }

  private CpsAttribution told(CpsOrder order) {
    return events.of(CpsOrderChanged.class, "distributor").stream()
        .filter(event -> event.getCpsOrderId().equals(order.getCpsOrderId()))
        .findFirst()
        .orElseThrow()
        .getAttribution();
  }

  private void add(Instant from, int... steps) {
    as(Role.FINANCE).addSharePolicy(request(from, steps));
  }

  /** Steps by three figures each: from how much, direct, upline. */
  private static AddSharePolicyRequest request(Instant from, int... steps) {
    AddSharePolicyRequest.Builder request =
        AddSharePolicyRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setEffectiveFrom(ProtoTime.to(from))
            .setNote("双十一");
    for (int i = 0; i < steps.length; i += 3) {
      request
          .addStepsBuilder()
          .setFrom(ProtoMoney.to(Money.fen(steps[i])))
          .setDirectBasisPoints(steps[i + 1])
          .setUplineBasisPoints(steps[i + 2]);
    }
    return request.build();
  }

  private static ListSharePoliciesRequest all(int size, String token) {
    return ListSharePoliciesRequest.newBuilder().setPageSize(size).setPageToken(token).build();
  }

  private static SharePoliciesBlockingStub as(Role role) {
    return TestGrpc.as(TestTokens.staff(role), SharePoliciesGrpc::newBlockingStub);
  }

  private static void assertRefused(Status.Code code, Supplier<?> call) {
    assertEquals(code, assertThrows(StatusRuntimeException.class, call::get).getStatus().getCode());
  }
}
