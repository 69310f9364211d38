package io.siyu.mall.distributor.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.distributor.attribution.Attributor.Buyer;
import io.siyu.mall.distributor.attribution.Attributor.SeenTouch;
import io.siyu.mall.distributor.policy.AttributionPolicy;
import io.siyu.mall.distributor.policy.BindingMode;
import io.siyu.mall.distributor.rule.CommissionTerms;
import io.siyu.mall.distributor.rule.RuleBook;
import io.siyu.mall.distributor.rule.RuleScope;
import io.siyu.mall.distributor.rule.RuleTerms;
import io.siyu.mall.distributor.rule.RuleVersion;
import io.siyu.mall.distributor.rule.ScopeType;
import io.siyu.mall.platform.money.BasisPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttributorTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final RuleBook.Goods GOODS =
      new RuleBook.Goods("sku1", "product1", "", List.of("cat1"), "brand-id", "brand");
  private static final Seller ANNA = new Seller(new UUID(1, 1), "安娜", true, new UUID(1, 9), true);
  private static final Seller BELLA = new Seller(new UUID(1, 2), "贝拉", true, null, false);
  private static final Seller GONE = new Seller(new UUID(1, 3), "停业", false, null, false);
  private static final Buyer UNBOUND = new Buyer(null, null, null, null);

  private final List<SeenTouch> touches = new ArrayList<>();

  private static AttributionPolicy policy(boolean selfEarns) {
    return new AttributionPolicy(3, BindingMode.LAST_TOUCH, 30, 24, selfEarns, NOW, "x");
  }

  private static Buyer boundTo(Seller seller) {
    return new Buyer(null, new UUID(2, 1), seller, NOW.minus(Duration.ofDays(90)));
  }

  private static RuleVersion rule(RuleScope scope, int points) {
    return new RuleVersion(
        new UUID(3, points),
        1,
        scope,
        new RuleTerms(new CommissionTerms.Rate(new BasisPoints(points)), CommissionTerms.NOTHING),
        NOW.minus(Duration.ofDays(1)),
        null,
        "x",
        NOW,
        "");
  }

  private static RuleBook rules() {
    return new RuleBook(
        List.of(rule(new RuleScope(ScopeType.BRAND, "brand-id", "brand"), 1_000)), NOW);
  }

  private void touch(Seller by, String productId, Duration ago) {
    touches.add(
        new SeenTouch(
            new UUID(4, touches.size()),
            Channel.POSTER,
            productId.isEmpty(),
            productId,
            NOW.minus(ago),
            by));
  }

  private Attribution decide(Buyer buyer, boolean selfEarns) {
    return new Attributor(policy(selfEarns), buyer, touches, rules(), NOW).decide(GOODS);
  }

  @Test
  void theNewestFreshTouchOnTheProductOrAShopWins() {
    touch(BELLA, "", Duration.ofHours(3));
    touch(ANNA, "product1", Duration.ofHours(2));
    touch(BELLA, "product2", Duration.ofHours(1));
    Attribution found = decide(boundTo(BELLA), false);
    assertEquals(Reason.TOUCH, found.reason());
    assertEquals(ANNA.id(), found.distributorId());
    assertEquals(ANNA.uplineId(), found.uplineId());
    assertEquals(new UUID(4, 1), found.touchId());
    assertNull(found.bindingId());
    assertTrue(found.explanation().contains("海报"), found.explanation());
    assertTrue(found.explanation().contains("第 1 版（一级 10%"), found.explanation());
  }

  @Test
  void aTouchOfADayAgoNoLongerDecides() {
    touch(ANNA, "product1", Duration.ofHours(24));
    Attribution found = decide(boundTo(BELLA), false);
    assertEquals(Reason.BINDING, found.reason());
    assertEquals(BELLA.id(), found.distributorId());
    touch(ANNA, "product1", Duration.ofHours(24).minusSeconds(1));
    assertEquals(Reason.TOUCH, decide(boundTo(BELLA), false).reason());
  }

  @Test
  void onlyActiveDistributorsAreCredited() {
    touch(GONE, "product1", Duration.ofMinutes(1));
    touch(ANNA, "", Duration.ofMinutes(5));
    assertEquals(ANNA.id(), decide(UNBOUND, false).distributorId());
    touches.clear();
    Attribution nobody = decide(boundTo(GONE), false);
    assertEquals(Reason.NOBODY, nobody.reason());
    assertNull(nobody.distributorId());
    assertFalse(nobody.earns());
  }

  @Test
  void anUplineThatIsNotActiveEarnsNothing() {
    Seller orphan = new Seller(new UUID(1, 5), "小店", true, new UUID(1, 9), false);
    assertNull(decide(boundTo(orphan), false).uplineId());
  }

  @Test
  void onesOwnPurchaseEarnsByPolicyOnly() {
    Buyer self = new Buyer(ANNA, new UUID(2, 1), BELLA, NOW);
    touch(BELLA, "product1", Duration.ofMinutes(1));
    Attribution without = decide(self, false);
    assertEquals(Reason.SELF_PURCHASE, without.reason());
    assertNull(without.distributorId());
    Attribution with = decide(self, true);
    assertEquals(Reason.SELF_PURCHASE, with.reason());
    assertEquals(ANNA.id(), with.distributorId());
    assertTrue(with.earns());
  }

  @Test
  void withoutTouchAndBindingNobodyIsCredited() {
    Attribution nobody = decide(UNBOUND, false);
    assertEquals(Reason.NOBODY, nobody.reason());
    assertEquals(3, nobody.policyVersion());
  }

  @Test
  void theMostParticularRuleWins() {
    List<RuleVersion> all = new ArrayList<>();
    List<RuleScope> scopes =
        List.of(
            new RuleScope(ScopeType.PLATFORM, "", ""),
            new RuleScope(ScopeType.BRAND, "brand-id", "brand"),
            new RuleScope(ScopeType.CATEGORY, "cat1", ""),
            new RuleScope(ScopeType.CATEGORY, "cat1", "brand"),
            new RuleScope(ScopeType.LAUNCH, "launch1", ""),
            new RuleScope(ScopeType.PRODUCT, "product1", "brand"),
            new RuleScope(ScopeType.SKU, "sku1", "brand"));
    RuleBook.Goods inLaunch =
        new RuleBook.Goods("sku1", "product1", "launch1", List.of("cat1"), "brand-id", "brand");
    for (int i = 0; i < scopes.size(); i++) {
      all.add(rule(scopes.get(i), 100 + i));
      RuleVersion found = new RuleBook(all, NOW).find(inLaunch).orElseThrow();
      assertEquals(scopes.get(i), found.scope());
    }
    // Another brand's rule for the same product is not this brand's.
    RuleBook others =
        new RuleBook(List.of(rule(new RuleScope(ScopeType.PRODUCT, "product1", "other"), 1)), NOW);
    assertTrue(others.find(inLaunch).isEmpty());
  }

  @Test
  void theNewestVersionBegunDecidesWhetherARuleIsInForce() {
    RuleScope scope = new RuleScope(ScopeType.PRODUCT, "product1", "brand");
    RuleVersion first = rule(scope, 100);
    RuleVersion ended =
        new RuleVersion(
            first.ruleId(),
            2,
            scope,
            first.terms(),
            NOW.minus(Duration.ofHours(2)),
            NOW.minus(Duration.ofHours(1)),
            "x",
            NOW,
            "");
    assertTrue(new RuleBook(List.of(first, ended), NOW).find(GOODS).isEmpty());
    RuleVersion coming =
        new RuleVersion(
            first.ruleId(), 2, scope, first.terms(), NOW.plusSeconds(1), null, "x", NOW, "");
    RuleBook before = new RuleBook(List.of(first, coming), NOW);
    assertEquals(1, before.find(GOODS).orElseThrow().version());
    RuleBook after = new RuleBook(List.of(first, coming), NOW.plusSeconds(1));
    assertEquals(2, after.find(GOODS).orElseThrow().version());
  }
}
