package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.accepted;
import static io.siyu.mall.distributor.rpc.Cast.credited;
import static io.siyu.mall.distributor.rpc.Cast.event;
import static io.siyu.mall.distributor.rpc.Cast.rate;
import static io.siyu.mall.distributor.rpc.Cast.seller;
import static io.siyu.mall.distributor.rpc.Cast.sellerUnder;
import static io.siyu.mall.distributor.rpc.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.TestCatalog;
import io.siyu.mall.distributor.rpc.Cast.Order;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Channel;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.common.v1.LineAttribution.Reason;
import io.siyu.mall.proto.distributor.v1.AttributeLine;
import io.siyu.mall.proto.distributor.v1.AttributeRequest;
import io.siyu.mall.proto.distributor.v1.BindMemberRequest;
import io.siyu.mall.proto.distributor.v1.Binding;
import io.siyu.mall.proto.distributor.v1.Binding.Mode;
import io.siyu.mall.proto.distributor.v1.ChangeAttributionPolicyRequest;
import io.siyu.mall.proto.distributor.v1.CloseDistributorRequest;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.proto.distributor.v1.CommissionRulesGrpc;
import io.siyu.mall.proto.distributor.v1.CreateRuleRequest;
import io.siyu.mall.proto.distributor.v1.CreateShareRequest;
import io.siyu.mall.proto.distributor.v1.EndRuleRequest;
import io.siyu.mall.proto.distributor.v1.GetAttributionPolicyRequest;
import io.siyu.mall.proto.distributor.v1.GetShareStatsRequest;
import io.siyu.mall.proto.distributor.v1.ListBindingsRequest;
import io.siyu.mall.proto.distributor.v1.ListFansRequest;
import io.siyu.mall.proto.distributor.v1.ListFansResponse;
import io.siyu.mall.proto.distributor.v1.OpenTouchRequest;
import io.siyu.mall.proto.distributor.v1.ReviseRuleRequest;
import io.siyu.mall.proto.distributor.v1.RuleScope;
import io.siyu.mall.proto.distributor.v1.Share;
import io.siyu.mall.proto.distributor.v1.ShareTarget;
import io.siyu.mall.proto.distributor.v1.ShareTarget.Type;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.Touch;
import io.siyu.mall.proto.membership.v1.MemberSignedIn;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class SharingRpcTest {

  private static final String PRODUCT = UUID.randomUUID().toString();

  @Inject TestClock clock;
  @Inject TestCatalog catalog;
  @Inject Pool pool;

  @AfterEach
  void asBefore() {
    clock.reset();
    policy(Mode.LAST_TOUCH, 30, false);
  }

  private static void policy(Mode mode, int days, boolean selfEarns) {
    TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), SharingGrpc::newBlockingStub)
        .changeAttributionPolicy(
            ChangeAttributionPolicyRequest.newBuilder()
                .setRequestId(Cast.id())
                .setBindingMode(mode)
                .setProtectedDays(days)
                .setSelfPurchaseEarns(selfEarns)
                .build());
  }

  private static Share share(Seller seller, String productId) {
    return share(seller, target(productId.isEmpty() ? Type.SHOP : Type.PRODUCT, productId));
  }

  private static Share share(Seller seller, ShareTarget target) {
    return seller
        .sharing()
        .createShare(
            CreateShareRequest.newBuilder()
                .setRequestId(Cast.id())
                .setChannel(Channel.POSTER)
                .setTarget(target)
                .build());
  }

  private static SharingGrpc.SharingBlockingStub as(UUID member) {
    return TestGrpc.as(TestTokens.member(member), SharingGrpc::newBlockingStub);
  }

  private static Touch touch(UUID member, Share share) {
    return as(member)
        .openTouch(
            OpenTouchRequest.newBuilder()
                .setRequestId(Cast.id())
                .setShareCode(share.getShareCode())
                .build());
  }

  private static Touch anonymousTouch(String anonymousId, Share share) {
    return TestGrpc.anonymous(SharingGrpc::newBlockingStub)
        .openTouch(
            OpenTouchRequest.newBuilder()
                .setRequestId(Cast.id())
                .setShareCode(share.getShareCode())
                .setAnonymousId(anonymousId)
                .build());
  }

  private static List<Binding> bindings(UUID member) {
    return TestGrpc.as(TestTokens.staff(Role.AUDITOR), SharingGrpc::newBlockingStub)
        .listBindings(ListBindingsRequest.newBuilder().setMemberId(member.toString()).build())
        .getBindingsList();
  }

  private static String boundTo(UUID member) {
    return bindings(member).stream()
        .filter(b -> !b.hasEndedAt())
        .map(Binding::getDistributorId)
        .findFirst()
        .orElse("");
  }

  private static LineAttribution attribute(UUID member, String touchId, String productId) {
    return TestGrpc.as(TestTokens.service("order"), SharingGrpc::newBlockingStub)
        .attribute(
            AttributeRequest.newBuilder()
                .setMemberId(member.toString())
                .setTouchId(touchId)
                .addLines(
                    AttributeLine.newBuilder()
                        .setLineKey("a")
                        .setProductId(productId)
                        .setSkuId(Cast.id())
                        .setBrandId(Cast.BRAND_ID.toString())
                        .setBrandCode(Cast.BRAND))
                .build())
        .getLines(0);
  }

  private static void signIn(UUID member, String touchId, String anonymousId, boolean registered) {
    accepted(
        event(
            MemberSignedIn.newBuilder()
                .setMemberId(member.toString())
                .setTouchId(touchId)
                .setAnonymousId(anonymousId)
                .setRegistered(registered)
                .setAt(ProtoTime.to(Instant.parse("2026-05-01T00:00:00Z")))
                .build(),
            member));
  }

  @Test
  void theSameShareIsMadeOnceAndFitsTheScene() {
    Seller seller = seller();
    Share first = share(seller, PRODUCT);
    assertEquals(first, share(seller, PRODUCT));
    assertTrue(first.getShareCode().matches("[0-9A-Za-z]{8,32}"));
    refused(
        "SHARE_NOT_FOUND",
        () -> touch(UUID.randomUUID(), first.toBuilder().setShareCode("doesnotexist").build()));
  }

  @Test
  void aTouchBindsAndIsCredited() {
    Seller upline = seller();
    Seller seller = sellerUnder(upline);
    UUID member = UUID.randomUUID();
    Touch touch = touch(member, share(seller, PRODUCT));
    assertEquals(seller.id().toString(), boundTo(member));
    LineAttribution found = attribute(member, "", PRODUCT);
    assertEquals(Reason.TOUCH, found.getReason());
    assertEquals(seller.id().toString(), found.getDistributorId());
    assertEquals(upline.id().toString(), found.getUplineId());
    assertEquals(touch.getTouchId(), found.getTouchId());
    assertEquals(Channel.POSTER, found.getChannel());
    // Another product, or a day later: the binding decides.
    assertEquals(Reason.BINDING, attribute(member, "", Cast.id()).getReason());
    clock.advance(Duration.ofHours(25));
    LineAttribution later = attribute(member, touch.getTouchId(), PRODUCT);
    assertEquals(Reason.BINDING, later.getReason());
    assertEquals(seller.id().toString(), later.getDistributorId());
    refused(
        "SERVICE_REQUIRED",
        () ->
            as(member)
                .attribute(
                    AttributeRequest.newBuilder()
                        .setMemberId(member.toString())
                        .addLines(AttributeLine.newBuilder().setLineKey("a"))
                        .build()));
  }

  @Test
  void thoseWhoAskAtTheSameMomentEachGetTheirOwnAnswer() throws Exception {
    List<Seller> sellers = List.of(seller(), seller(), seller());
    List<Callable<LineAttribution>> asks = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      UUID member = UUID.randomUUID();
      String product = Cast.id();
      Seller seller = sellers.get(i % 3);
      switch (i % 4) {
        case 0 -> {
          // Opened on this product, and before on another one of somebody else's.
          touch(member, share(sellers.get((i + 1) % 3), Cast.id()));
          touch(member, share(seller, product));
          expected.add("TOUCH " + seller.id());
          asks.add(() -> attribute(member, "", product));
        }
        case 1 -> {
          touch(member, share(seller, Cast.id()));
          expected.add("BINDING " + seller.id());
          asks.add(() -> attribute(member, "", product));
        }
        case 2 -> {
          Touch visit = anonymousTouch("", share(seller, product));
          expected.add("NOBODY ");
          asks.add(() -> attribute(member, visit.getTouchId(), product));
        }
        default -> {
          expected.add("NOBODY ");
          asks.add(() -> attribute(member, "", product));
        }
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(asks.size());
    try {
      List<String> found = new ArrayList<>();
      for (Future<LineAttribution> answer : threads.invokeAll(asks)) {
        found.add(answer.get().getReason() + " " + answer.get().getDistributorId());
      }
      assertEquals(expected, found);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aVisitorsTouchesBecomeTheMembersAtSignInAndOnlyTheirs() {
    Seller first = seller();
    Seller second = seller();
    UUID member = UUID.randomUUID();
    Touch oldest = anonymousTouch("", share(first, PRODUCT));
    Touch newest = anonymousTouch(oldest.getAnonymousId(), share(second, PRODUCT));
    assertEquals(Reason.NOBODY, attribute(member, "", PRODUCT).getReason());
    assertEquals(
        Reason.NOBODY, attribute(member, newest.getTouchId(), PRODUCT).getReason(), "not merged");

    signIn(member, newest.getTouchId(), newest.getAnonymousId(), true);
    assertEquals(second.id().toString(), boundTo(member));
    assertEquals(2, bindings(member).size());
    assertEquals("REGISTRATION", bindings(member).get(0).getOpenedBy());
    assertEquals(second.id().toString(), attribute(member, "", PRODUCT).getDistributorId());

    // Somebody else cannot use it any more, by either of its names.
    UUID other = UUID.randomUUID();
    signIn(other, newest.getTouchId(), newest.getAnonymousId(), false);
    assertEquals("", boundTo(other));
    assertEquals(Reason.NOBODY, attribute(other, newest.getTouchId(), PRODUCT).getReason());
    assertEquals(second.id().toString(), boundTo(member));
  }

  /** To know the number of an opening is not to have made it. */
  @Test
  void aTouchThatIsOnlyNamedBelongsToNobody() {
    Seller seller = seller();
    Touch visit = anonymousTouch("", share(seller, PRODUCT));
    UUID thief = UUID.randomUUID();
    signIn(thief, visit.getTouchId(), "", true);
    assertEquals("", boundTo(thief));
    assertEquals(Reason.NOBODY, attribute(thief, visit.getTouchId(), PRODUCT).getReason());

    Touch members = touch(UUID.randomUUID(), share(seller, PRODUCT));
    signIn(thief, members.getTouchId(), "", false);
    assertEquals("", boundTo(thief));
    assertEquals(Reason.NOBODY, attribute(thief, members.getTouchId(), PRODUCT).getReason());

    UUID visitor = UUID.randomUUID();
    signIn(visitor, "", visit.getAnonymousId(), false);
    assertEquals(seller.id().toString(), boundTo(visitor), "whose it is");
  }

  /** A name that a client made up could be planted on somebody else. */
  @Test
  void aNameThatIsNotOursIsReplacedAndMergesNothing() {
    Seller seller = seller();
    Share share = share(seller, PRODUCT);
    String ours = anonymousTouch("", share).getAnonymousId();
    String changed = (ours.charAt(0) == 'A' ? 'B' : 'A') + ours.substring(1);
    for (String planted : List.of("victim", changed, "A".repeat(48))) {
      String given = anonymousTouch(planted, share).getAnonymousId();
      assertTrue(!given.equals(planted) && given.matches("[0-9A-Za-z_-]{48}"), given);
      UUID victim = UUID.randomUUID();
      signIn(victim, "", planted, true);
      assertEquals("", boundTo(victim), planted);
    }
    assertEquals("", touch(UUID.randomUUID(), share).getAnonymousId(), "a member has none");
  }

  @Test
  void manyOpeningsOfOneVisitorAllGoToTheFirstMember() {
    Share share = share(seller(), PRODUCT);
    String visitor = "";
    for (int i = 0; i < 103; i++) {
      visitor = anonymousTouch(visitor, share).getAnonymousId();
    }
    signIn(UUID.randomUUID(), "", visitor, true);
    UUID second = UUID.randomUUID();
    signIn(second, "", visitor, false);
    assertEquals("", boundTo(second));
  }

  @Test
  void onlyWhatCanBeBoughtIsShared() {
    Seller seller = seller();
    String withdrawn = Cast.id();
    catalog.withdraw(withdrawn);
    refused("SHARE_TARGET_NOT_ON_SALE", () -> share(seller, target(Type.PRODUCT, withdrawn)));
    for (Type type : List.of(Type.LAUNCH, Type.CHAIN)) {
      refused("SHARE_TARGET_UNKNOWN", () -> share(seller, target(type, Cast.id())));
    }
    refused("INVALID_ARGUMENT", () -> share(seller, target(Type.PRODUCT, "")));
    refused("INVALID_ARGUMENT", () -> share(seller, target(Type.SHOP, Cast.id())));
    share(seller, target(Type.SHOP, ""));
  }

  @Test
  void firstSharesMadeAtOnceAreOne() {
    for (int round = 0; round < 5; round++) {
      Seller seller = seller();
      String product = Cast.id();
      List<String> codes =
          java.util.stream.IntStream.range(0, 6)
              .parallel()
              .mapToObj(i -> share(seller, product).getShareCode())
              .distinct()
              .toList();
      assertEquals(1, codes.size(), codes.toString());
      assertEquals(codes.get(0), share(seller, product).getShareCode());
    }
  }

  private static ShareTarget target(Type type, String id) {
    return ShareTarget.newBuilder().setType(type).setId(id).build();
  }

  @Test
  void theModeDecidesWhoseTheMemberIs() {
    Seller first = seller();
    Seller second = seller();
    policy(Mode.FIRST_TOUCH, 0, false);
    UUID loyal = UUID.randomUUID();
    touch(loyal, share(first, PRODUCT));
    touch(loyal, share(second, PRODUCT));
    assertEquals(first.id().toString(), boundTo(loyal));

    policy(Mode.LAST_TOUCH, 0, false);
    touch(loyal, share(second, PRODUCT));
    assertEquals(second.id().toString(), boundTo(loyal));

    policy(Mode.PROTECTED, 30, false);
    clock.advance(Duration.ofDays(29));
    touch(loyal, share(first, PRODUCT));
    assertEquals(second.id().toString(), boundTo(loyal));
    clock.advance(Duration.ofDays(2));
    touch(loyal, share(first, PRODUCT));
    assertEquals(first.id().toString(), boundTo(loyal));
    assertEquals(3, bindings(loyal).size());
  }

  @Test
  void manySharesOpenedAtOnceLeaveOneOpenBinding() throws Exception {
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      shares.add(share(seller(), PRODUCT));
    }
    UUID member = UUID.randomUUID();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Callable<Touch>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Share share = shares.get(i % 4);
      calls.add(() -> touch(member, share));
    }
    for (Future<Touch> done : threads.invokeAll(calls)) {
      done.get();
    }
    threads.shutdown();
    assertEquals(1, bindings(member).stream().filter(b -> !b.hasEndedAt()).count());
  }

  @Test
  void manyNewMembersAtOnceDoNotStandInEachOthersWay() throws Exception {
    Seller one = seller();
    Seller other = seller();
    List<Share> shares = List.of(share(one, PRODUCT), share(other, PRODUCT));
    ExecutorService threads = Executors.newFixedThreadPool(32);
    List<Callable<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      Share share = shares.get(i % 2);
      Share then = shares.get((i + 1) % 2);
      Order order = Order.of(1, 1_000);
      calls.add(
          () -> {
            touch(order.member(), share);
            accepted(
                event(
                    order.paid(
                        credited(one.id(), null, 100, 0), Instant.parse("2026-05-01T00:00:00Z")),
                    order.id()));
            touch(order.member(), then);
            return null;
          });
    }
    for (Future<Void> done : threads.invokeAll(calls)) {
      done.get();
    }
    threads.shutdown();
    ListFansRequest all = ListFansRequest.newBuilder().setPageSize(100).build();
    assertEquals(48, one.sharing().listFans(all).getEffectiveFans());
    assertEquals(48, other.sharing().listFans(all).getFansCount());
    assertEquals(960, one.balance().getPending().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void theDatabaseItselfAllowsOneOpenBinding() {
    Seller seller = seller();
    UUID member = UUID.randomUUID();
    touch(member, share(seller, PRODUCT));
    String again =
        "INSERT INTO bindings (id, member_id, distributor_id, mode, opened_by, policy_version,"
            + " reason, changed_by, started_at) SELECT UNHEX(REPLACE(UUID(), '-', '')), member_id,"
            + " distributor_id, mode, opened_by, policy_version, reason, changed_by, started_at"
            + " FROM bindings WHERE member_id = UNHEX('"
            + member.toString().replace("-", "")
            + "')";
    String failure =
        pool.query(again)
            .execute()
            .map(rows -> "no failure")
            .onFailure()
            .recoverWithItem(Throwable::getMessage)
            .await()
            .indefinitely();
    assertTrue(failure.contains("bindings_one_open"), failure);
  }

  @Test
  void nobodyBelongsToThemselvesOrInALoop() {
    Seller anna = seller();
    Seller bella = seller();
    touch(anna.member(), share(anna, PRODUCT));
    assertEquals("", boundTo(anna.member()));
    touch(anna.member(), share(bella, PRODUCT));
    assertEquals(bella.id().toString(), boundTo(anna.member()));
    touch(bella.member(), share(anna, PRODUCT));
    assertEquals("", boundTo(bella.member()));
    var staff = TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), SharingGrpc::newBlockingStub);
    BindMemberRequest loop =
        BindMemberRequest.newBuilder()
            .setRequestId(Cast.id())
            .setMemberId(bella.member().toString())
            .setDistributorId(anna.id().toString())
            .setReason("测试")
            .build();
    refused("BINDING_LOOP", () -> staff.bindMember(loop));
    refused(
        "SELF_BINDING",
        () -> staff.bindMember(loop.toBuilder().setDistributorId(bella.id().toString()).build()));
    refused("NOT_BOUND", () -> staff.bindMember(loop.toBuilder().clearDistributorId().build()));
    Binding ended =
        staff.bindMember(
            loop.toBuilder().setMemberId(anna.member().toString()).clearDistributorId().build());
    assertTrue(ended.hasEndedAt());
    Binding bound = staff.bindMember(loop.toBuilder().setRequestId(Cast.id()).build());
    assertEquals("STAFF", bound.getOpenedBy());
  }

  @Test
  void whoeverClosedIsNotCreditedAndHoldsNobody() {
    Seller closing = seller();
    Seller next = seller();
    UUID member = UUID.randomUUID();
    touch(member, share(closing, PRODUCT));
    Cast.admin()
        .closeDistributor(
            CloseDistributorRequest.newBuilder()
                .setRequestId(Cast.id())
                .setDistributorId(closing.id().toString())
                .setReason("停业")
                .build());
    assertEquals(Reason.NOBODY, attribute(member, "", PRODUCT).getReason());
    policy(Mode.FIRST_TOUCH, 0, false);
    touch(member, share(next, PRODUCT));
    assertEquals(next.id().toString(), boundTo(member));
  }

  @Test
  void onesOwnPurchaseEarnsByPolicy() {
    Seller seller = seller();
    LineAttribution without = attribute(seller.member(), "", PRODUCT);
    assertEquals(Reason.SELF_PURCHASE, without.getReason());
    assertEquals("", without.getDistributorId());
    policy(Mode.LAST_TOUCH, 30, true);
    assertEquals(
        seller.id().toString(), attribute(seller.member(), "", PRODUCT).getDistributorId());
    long version =
        TestGrpc.as(TestTokens.staff(Role.AUDITOR), SharingGrpc::newBlockingStub)
            .getAttributionPolicy(GetAttributionPolicyRequest.getDefaultInstance())
            .getVersion();
    assertEquals(version, attribute(seller.member(), "", PRODUCT).getPolicyVersion());
  }

  @Test
  void fansAreEffectiveOnceTheyHavePaidWhicheverCameFirst() {
    Seller seller = seller();
    Order before = Order.of(1, 1_000);
    Order after = Order.of(1, 1_000);
    Instant paidAt = Instant.parse("2026-05-01T00:00:00Z");
    accepted(event(before.paid(LineAttribution.getDefaultInstance(), paidAt), before.id()));
    touch(before.member(), share(seller, PRODUCT));
    touch(after.member(), share(seller, PRODUCT));
    ListFansResponse one = seller.sharing().listFans(ListFansRequest.getDefaultInstance());
    assertEquals(1, one.getEffectiveFans());
    assertEquals(2, one.getFansCount());
    var paid = after.paid(credited(seller.id(), null, 100, 0), paidAt);
    accepted(event(paid, after.id()), event(paid, UUID.randomUUID()));
    ListFansResponse two = seller.sharing().listFans(ListFansRequest.getDefaultInstance());
    assertEquals(2, two.getEffectiveFans());
    assertTrue(
        two.getFansList().stream().allMatch(f -> f.getEffective() && f.getPaidOrders() == 1));
  }

  @Test
  void aSharesFiguresAreItsOwners() {
    Seller seller = seller();
    Share share = share(seller, PRODUCT);
    UUID member = UUID.randomUUID();
    Touch touch = touch(member, share);
    touch(member, share);
    anonymousTouch("", share);
    Order order = Order.of(1, 1_000);
    LineAttribution byTouch =
        credited(seller.id(), null, 100, 0).toBuilder()
            .setReason(Reason.TOUCH)
            .setTouchId(touch.getTouchId())
            .build();
    accepted(event(order.paid(byTouch, Instant.parse("2026-05-01T00:00:00Z")), order.id()));
    GetShareStatsRequest request =
        GetShareStatsRequest.newBuilder().setShareCode(share.getShareCode()).build();
    var stats = seller.sharing().getShareStats(request);
    assertEquals(3, stats.getOpenings());
    assertEquals(2, stats.getVisitors());
    assertEquals(1, stats.getOrders());
    refused("SHARE_NOT_FOUND", () -> seller().sharing().getShareStats(request));
  }

  @Test
  void rulesHaveVersionsAndTheFrozenAnswerNamesThem() {
    var brand =
        TestGrpc.as(
            TestTokens.staff(Role.BRAND_ADMIN, Cast.BRAND), CommissionRulesGrpc::newBlockingStub);
    String product = Cast.id();
    CreateRuleRequest create =
        CreateRuleRequest.newBuilder()
            .setRequestId(Cast.id())
            .setScope(RuleScope.newBuilder().setType(RuleScope.Type.PRODUCT).setId(product))
            .setBrandCode(Cast.BRAND)
            .setDirectTerms(rate(1_200))
            .setUplineTerms(rate(300))
            .build();
    CommissionRule rule = brand.createRule(create);
    assertEquals(rule, brand.createRule(create));
    refused(
        "RULE_EXISTS", () -> brand.createRule(create.toBuilder().setRequestId(Cast.id()).build()));
    refused(
        "COMMISSION_ABOVE_CAP",
        () ->
            brand.createRule(
                create.toBuilder().setRequestId(Cast.id()).setDirectTerms(rate(4_800)).build()));
    Seller seller = seller();
    UUID member = UUID.randomUUID();
    touch(member, share(seller, ""));
    LineAttribution first = attribute(member, "", product);
    assertEquals(rule.getRuleId(), first.getRuleId());
    assertEquals(1, first.getRuleVersion());
    assertEquals(1_200, first.getDirectTerms().getBasisPoints());
    assertTrue(first.getExplanation().contains("商品佣金规则第 1 版"), first.getExplanation());

    ReviseRuleRequest revision =
        ReviseRuleRequest.newBuilder()
            .setRequestId(Cast.id())
            .setRuleId(rule.getRuleId())
            .setVersion(1)
            .setDirectTerms(rate(900))
            .build();
    assertEquals(2, brand.reviseRule(revision).getVersion());
    refused(
        "STALE_VERSION",
        () -> brand.reviseRule(revision.toBuilder().setRequestId(Cast.id()).build()));
    assertEquals(900, attribute(member, "", product).getDirectTerms().getBasisPoints());

    brand.endRule(
        EndRuleRequest.newBuilder()
            .setRequestId(Cast.id())
            .setRuleId(rule.getRuleId())
            .setVersion(2)
            .build());
    clock.advance(Duration.ofSeconds(1));
    assertEquals("", attribute(member, "", product).getRuleId());
    CommissionRule second = brand.createRule(create.toBuilder().setRequestId(Cast.id()).build());
    assertEquals(second.getRuleId(), attribute(member, "", product).getRuleId());
  }

  @Test
  void aBrandsRulesAreItsOwn() {
    var other =
        TestGrpc.as(
            TestTokens.staff(Role.BRAND_ADMIN, "other"), CommissionRulesGrpc::newBlockingStub);
    CreateRuleRequest create =
        CreateRuleRequest.newBuilder()
            .setRequestId(Cast.id())
            .setScope(RuleScope.newBuilder().setType(RuleScope.Type.PRODUCT).setId(Cast.id()))
            .setBrandCode(Cast.BRAND)
            .setDirectTerms(rate(100))
            .build();
    refused("OTHER_BRAND", () -> other.createRule(create));
    refused(
        "ROLE_REQUIRED",
        () ->
            other.createRule(
                create.toBuilder()
                    .setBrandCode("")
                    .setScope(RuleScope.newBuilder().setType(RuleScope.Type.PLATFORM))
                    .build()));
  }
}
