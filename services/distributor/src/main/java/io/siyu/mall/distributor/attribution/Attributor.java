package io.siyu.mall.distributor.attribution;

import io.siyu.mall.distributor.policy.AttributionPolicy;
import io.siyu.mall.distributor.rule.CommissionTerms;
import io.siyu.mall.distributor.rule.RuleBook;
import io.siyu.mall.distributor.rule.RuleTerms;
import io.siyu.mall.distributor.rule.RuleVersion;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.time.BusinessTime;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides who is credited with a line: the buyer's own shop first, then a fresh touch on this
 * product or on a shop, then the open binding, else nobody. Who of them is credited, {@link Seller}
 * says. Pure.
 */
public final class Attributor {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(BusinessTime.ZONE);

  private final AttributionPolicy policy;
  private final Buyer buyer;
  private final List<SeenTouch> touches;
  private final RuleBook rules;
  private final Instant now;

  public Attributor(
      AttributionPolicy policy, Buyer buyer, List<SeenTouch> touches, RuleBook rules, Instant now) {
    this.policy = policy;
    this.buyer = buyer;
    this.touches =
        touches.stream()
            .sorted(
                Comparator.comparing(SeenTouch::openedAt).thenComparing(SeenTouch::id).reversed())
            .toList();
    this.rules = rules;
    this.now = now;
  }

  /**
   * The buyer.
   *
   * @param self the distributor that the buyer is; null: none
   * @param bindingId the open binding; null: none
   * @param boundTo whom the buyer belongs to; null: nobody
   */
  public record Buyer(Seller self, UUID bindingId, Seller boundTo, Instant boundSince) {}

  /**
   * A share that the buyer opened.
   *
   * @param wholeShop whether it shows the distributor's whole shop
   * @param productId the product that it shows; empty otherwise
   */
  public record SeenTouch(
      UUID id, Channel channel, boolean wholeShop, String productId, Instant openedAt, Seller by) {}

  /** The answer for one line. */
  public Attribution decide(RuleBook.Goods goods) {
    Optional<RuleVersion> rule = rules.find(goods);
    if (buyer.self() != null && buyer.self().active()) {
      return policy.selfPurchaseEarns()
          ? credit(
              goods,
              Reason.SELF_PURCHASE,
              buyer.self(),
              null,
              rule,
              "自购：买家本人就是分销员" + name(buyer.self()))
          : nobody(Reason.SELF_PURCHASE, "自购：买家本人是分销员，按归因政策第 " + policy.version() + " 版不计佣金");
    }
    Optional<SeenTouch> touch = touches.stream().filter(t -> counts(t, goods)).findFirst();
    if (touch.isPresent()) {
      SeenTouch seen = touch.get();
      return credit(goods, Reason.TOUCH, seen.by(), seen, rule, touchSentence(seen));
    }
    if (buyer.boundTo() != null && buyer.boundTo().active()) {
      return credit(
          goods,
          Reason.BINDING,
          buyer.boundTo(),
          null,
          rule,
          "会员自 " + TIME.format(buyer.boundSince()) + " 起绑定分销员" + name(buyer.boundTo()));
    }
    return nobody(
        Reason.NOBODY, buyer.boundTo() == null ? "下单前没有有效的分享触达，会员也没有绑定分销员" : "会员绑定的分销员目前不在营业，不计佣金");
  }

  private boolean counts(SeenTouch touch, RuleBook.Goods goods) {
    boolean fresh =
        !touch.openedAt().isAfter(now) && touch.openedAt().plus(policy.touchWindow()).isAfter(now);
    boolean onTarget =
        touch.wholeShop()
            || !touch.productId().isEmpty() && touch.productId().equals(goods.productId());
    return fresh && onTarget && touch.by().active();
  }

  private Attribution credit(
      RuleBook.Goods goods,
      Reason reason,
      Seller seller,
      SeenTouch touch,
      Optional<RuleVersion> rule,
      String who) {
    UUID upline = seller.creditedUpline();
    return new Attribution(
        reason,
        seller.id(),
        upline,
        touch == null ? null : touch.id(),
        touch == null ? null : touch.channel(),
        reason == Reason.BINDING ? buyer.bindingId() : null,
        policy.version(),
        rule.map(RuleVersion::ruleId).orElse(null),
        rule.map(RuleVersion::version).orElse(0L),
        rule.map(RuleVersion::terms).orElse(null),
        who + "；" + rule.map(Attributor::ruleSentence).orElse("没有适用的佣金规则，不计佣金") + "。",
        new Attribution.Asked(now, goods.launchId(), goods.categoryIds()));
  }

  private Attribution nobody(Reason reason, String why) {
    return new Attribution(
        reason, null, null, null, null, null, policy.version(), null, 0, null, why + "。", null);
  }

  private String touchSentence(SeenTouch touch) {
    return "会员于 "
        + TIME.format(touch.openedAt())
        + " 打开了分销员"
        + name(touch.by())
        + "的"
        + touch.channel().chinese()
        + "分享（"
        + (touch.wholeShop() ? "店铺" : "本商品")
        + "），"
        + policy.touchHours()
        + " 小时内下单";
  }

  private static String ruleSentence(RuleVersion rule) {
    String scope =
        switch (rule.scope().type()) {
          case SKU -> "规格";
          case PRODUCT -> "商品";
          case LAUNCH -> "特卖";
          case CATEGORY -> "类目";
          case BRAND -> "品牌";
          case PLATFORM -> "平台";
        };
    RuleTerms terms = rule.terms();
    return "适用"
        + scope
        + "佣金规则第 "
        + rule.version()
        + " 版（一级 "
        + termsText(terms.direct())
        + "，二级 "
        + termsText(terms.upline())
        + "）";
  }

  /** The terms as people read them, for example {@code 12.5%} or {@code 每件 ¥3.00}. */
  public static String termsText(CommissionTerms terms) {
    if (terms instanceof CommissionTerms.PerUnit fixed) {
      return "每件 " + yuan(fixed.amount());
    }
    int points = terms.share().value();
    String percent = points / 100 + (points % 100 == 0 ? "" : ".%02d".formatted(points % 100));
    return percent + "%";
  }

  /** An amount as people read it, for example {@code ¥12.30}. */
  public static String yuan(Money amount) {
    long fen = Math.abs(amount.minor());
    return (amount.isNegative() ? "-¥" : "¥") + fen / 100 + ".%02d".formatted(fen % 100);
  }

  private static String name(Seller seller) {
    return "「" + seller.name() + "」";
  }
}
