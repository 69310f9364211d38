package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.rate;
import static io.siyu.mall.distributor.rpc.Cast.seller;
import static io.siyu.mall.distributor.rpc.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.siyu.mall.proto.distributor.v1.AttributeLine;
import io.siyu.mall.proto.distributor.v1.AttributeRequest;
import io.siyu.mall.proto.distributor.v1.AttributionPolicy;
import io.siyu.mall.proto.distributor.v1.BindMemberRequest;
import io.siyu.mall.proto.distributor.v1.Binding.Mode;
import io.siyu.mall.proto.distributor.v1.ChangeAttributionPolicyRequest;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.proto.distributor.v1.CommissionRulesGrpc;
import io.siyu.mall.proto.distributor.v1.CommissionRulesGrpc.CommissionRulesBlockingStub;
import io.siyu.mall.proto.distributor.v1.CreateRuleRequest;
import io.siyu.mall.proto.distributor.v1.EndRuleRequest;
import io.siyu.mall.proto.distributor.v1.GetAttributionPolicyRequest;
import io.siyu.mall.proto.distributor.v1.ReviseRuleRequest;
import io.siyu.mall.proto.distributor.v1.RuleScope;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is dated: rules and policies as they are revised, ended and overtaken. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class DatesRpcTest {

  @Inject TestClock clock;

  private final String product = Cast.id();
  private Instant start;

  @BeforeEach
  void begin() {
    start = clock.instant();
    clock.set(start);
  }

  @AfterEach
  void end() {
    clock.reset();
  }

  private static CommissionRulesBlockingStub brand() {
    return TestGrpc.as(
        TestTokens.staff(Role.BRAND_ADMIN, Cast.BRAND), CommissionRulesGrpc::newBlockingStub);
  }

  private static SharingGrpc.SharingBlockingStub admin() {
    return TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), SharingGrpc::newBlockingStub);
  }

  private Instant day(int day) {
    return start.plus(Duration.ofDays(day));
  }

  private void goTo(int day) {
    clock.set(day(day));
  }

  private CreateRuleRequest.Builder rule(int points) {
    return CreateRuleRequest.newBuilder()
        .setRequestId(Cast.id())
        .setScope(RuleScope.newBuilder().setType(RuleScope.Type.PRODUCT).setId(product))
        .setBrandCode(Cast.BRAND)
        .setDirectTerms(rate(points));
  }

  private ReviseRuleRequest.Builder revision(CommissionRule seen, int points, int from) {
    return ReviseRuleRequest.newBuilder()
        .setRequestId(Cast.id())
        .setRuleId(seen.getRuleId())
        .setVersion(seen.getVersion())
        .setDirectTerms(rate(points))
        .setEffectiveFrom(ProtoTime.to(day(from)));
  }

  private static EndRuleRequest.Builder end(CommissionRule seen) {
    return EndRuleRequest.newBuilder()
        .setRequestId(Cast.id())
        .setRuleId(seen.getRuleId())
        .setVersion(seen.getVersion())
        .setNote("活动提前结束");
  }

  private EndRuleRequest endOn(CommissionRule seen, int day) {
    return end(seen).setEffectiveUntil(ProtoTime.to(day(day))).build();
  }

  /** What a sale of the product earns now, in basis points; 0 when no rule is in force. */
  private int rateNow() {
    Seller seller = seller();
    UUID buyer = UUID.randomUUID();
    admin()
        .bindMember(
            BindMemberRequest.newBuilder()
                .setRequestId(Cast.id())
                .setMemberId(buyer.toString())
                .setDistributorId(seller.id().toString())
                .setReason("测试")
                .build());
    return TestGrpc.as(TestTokens.service("order"), SharingGrpc::newBlockingStub)
        .attribute(
            AttributeRequest.newBuilder()
                .setMemberId(buyer.toString())
                .addLines(
                    AttributeLine.newBuilder()
                        .setLineKey("a")
                        .setProductId(product)
                        .setSkuId(Cast.id())
                        .setBrandId(Cast.BRAND_ID.toString())
                        .setBrandCode(Cast.BRAND))
                .build())
        .getLines(0)
        .getDirectTerms()
        .getBasisPoints();
  }

  @Test
  void endingNowDoesNotBeginTheRevisionToCome() {
    CommissionRule first = brand().createRule(rule(1_000).build());
    CommissionRule second = brand().reviseRule(revision(first, 3_000, 10).build());
    goTo(5);
    assertEquals(1_000, rateNow());
    CommissionRule ended = brand().endRule(end(second).build());
    assertEquals(List.of(2L), ended.getReplacedVersionsList());
    assertEquals("活动提前结束", ended.getNote());
    assertEquals(0, rateNow());
    goTo(11);
    assertEquals(0, rateNow());
  }

  @Test
  void anEndToComeLeavesWhatIsBeforeIt() {
    CommissionRule first = brand().createRule(rule(1_000).build());
    CommissionRule second = brand().reviseRule(revision(first, 3_000, 10).build());
    CommissionRule third = brand().reviseRule(revision(second, 2_000, 15).build());
    goTo(5);
    assertEquals(List.of(3L), brand().endRule(endOn(third, 12)).getReplacedVersionsList());
    assertEquals(1_000, rateNow());
    goTo(10);
    assertEquals(3_000, rateNow());
    goTo(12);
    assertEquals(0, rateNow());
    goTo(16);
    assertEquals(0, rateNow());
  }

  @Test
  void whatRanOutIsNotRevivedByAnEnd() {
    CommissionRule first =
        brand().createRule(rule(1_000).setEffectiveUntil(ProtoTime.to(day(3))).build());
    goTo(5);
    refused("ENDS_EARLIER", () -> brand().endRule(endOn(first, 8)));
    assertEquals(0, rateNow());
    refused("RULE_EXISTS", () -> brand().createRule(rule(500).build()));
    brand().endRule(end(first).build());
    assertEquals(0, rateNow());
    brand().createRule(rule(500).build());
    assertEquals(500, rateNow());
  }

  @Test
  void anEndIsBroughtForwardAndNeverPutOff() {
    CommissionRule first =
        brand().createRule(rule(1_000).setEffectiveUntil(ProtoTime.to(day(10))).build());
    refused("ENDS_EARLIER", () -> brand().endRule(endOn(first, 20)));
    CommissionRule second = brand().endRule(endOn(first, 8));
    refused("ENDS_EARLIER", () -> brand().endRule(endOn(second, 9)));
    refused("RULE_ENDED", () -> brand().reviseRule(revision(second, 4_000, 1).build()));
    CommissionRule third = brand().endRule(endOn(second, 6));
    refused("INVALID_ARGUMENT", () -> brand().endRule(endOn(third, -1)));
    goTo(5);
    assertEquals(1_000, rateNow());
    goTo(6);
    assertEquals(0, rateNow());
    refused("ENDS_EARLIER", () -> brand().endRule(end(third).build()));
  }

  @Test
  void aCorrectionReplacesWhatIsToComeOnlyByName() {
    CommissionRule first = brand().createRule(rule(1_000).build());
    CommissionRule second = brand().reviseRule(revision(first, 3_000, 10).build());
    var unnamed =
        refused("REPLACES_SCHEDULED", () -> brand().reviseRule(revision(second, 500, 5).build()));
    assertEquals("2", unnamed.get("replaces_versions"));
    assertEquals(day(10).toString(), unnamed.get("effective_from"));
    refused(
        "REPLACES_SCHEDULED",
        () -> brand().reviseRule(revision(second, 500, 12).addReplacesVersions(2).build()));
    CommissionRule third =
        brand().reviseRule(revision(second, 500, 5).addReplacesVersions(2).build());
    assertEquals(List.of(2L), third.getReplacedVersionsList());
    goTo(11);
    assertEquals(500, rateNow());
  }

  @Test
  void aSecondRuleOfAScopeWaitsForTheEndOfTheFirst() {
    CommissionRule first = brand().createRule(rule(1_000).build());
    brand().endRule(endOn(first, 10));
    var overlap = refused("RULE_STILL_RUNS", () -> brand().createRule(rule(4_000).build()));
    assertEquals(first.getRuleId(), overlap.get("rule_id"));
    brand().createRule(rule(4_000).setEffectiveFrom(ProtoTime.to(day(10))).build());
    assertEquals(1_000, rateNow());
    goTo(10);
    assertEquals(4_000, rateNow());
  }

  @Test
  void aPolicyIsInForceFromItsDateAndReplacedOnlyByName() {
    AttributionPolicy before = policy();
    AttributionPolicy next = admin().changeAttributionPolicy(change(48, 10).build());
    assertEquals(before.getVersion(), policy().getVersion());
    assertEquals(List.of(next), policy().getScheduledList());
    refused("REPLACES_SCHEDULED", () -> admin().changeAttributionPolicy(change(12, 5).build()));
    AttributionPolicy named =
        admin()
            .changeAttributionPolicy(change(12, 5).addReplacesVersions(next.getVersion()).build());
    assertEquals(List.of(next.getVersion()), named.getReplacedVersionsList());
    goTo(11);
    assertEquals(12, policy().getTouchHours());
    assertTrue(policy().getScheduledList().isEmpty());
    goTo(0);
    // As it was for other tests.
    admin()
        .changeAttributionPolicy(
            change(24, 0).clearEffectiveFrom().addReplacesVersions(named.getVersion()).build());
  }

  private static AttributionPolicy policy() {
    return admin().getAttributionPolicy(GetAttributionPolicyRequest.getDefaultInstance());
  }

  private ChangeAttributionPolicyRequest.Builder change(int hours, int from) {
    return ChangeAttributionPolicyRequest.newBuilder()
        .setRequestId(Cast.id())
        .setBindingMode(Mode.LAST_TOUCH)
        .setProtectedDays(30)
        .setTouchHours(hours)
        .setEffectiveFrom(ProtoTime.to(day(from)));
  }
}
