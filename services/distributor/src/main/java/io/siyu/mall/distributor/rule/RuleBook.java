package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.dated.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The rules that may concern some lines at one moment, and the choice among them; each is in force
 * by its {@link Timeline}. Pure.
 */
public final class RuleBook {

  private final Map<String, RuleVersion> inForce = new HashMap<>();

  /**
   * @param versions of any rules, of each at least those that have begun
   */
  public RuleBook(Collection<RuleVersion> versions, Instant at) {
    Map<UUID, List<RuleVersion>> byRule =
        versions.stream().collect(Collectors.groupingBy(RuleVersion::ruleId));
    byRule.values().stream()
        .flatMap(rule -> new Timeline<>(rule).at(at).stream())
        .sorted(Comparator.comparing(RuleVersion::effectiveFrom).thenComparing(RuleVersion::ruleId))
        .forEach(version -> inForce.put(version.scope().key(), version));
  }

  /** The rule for goods: the most particular scope wins. Empty: nothing is earned. */
  public Optional<RuleVersion> find(Goods goods) {
    for (String key : keys(goods)) {
      RuleVersion rule = inForce.get(key);
      if (rule != null) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** The keys of all rules that can concern the goods, in the order of precedence. */
  public static List<String> keys(Goods goods) {
    List<String> keys = new ArrayList<>();
    both(keys, ScopeType.SKU, goods.skuId(), goods);
    both(keys, ScopeType.PRODUCT, goods.productId(), goods);
    both(keys, ScopeType.LAUNCH, goods.launchId(), goods);
    goods.categoryIds().forEach(category -> both(keys, ScopeType.CATEGORY, category, goods));
    keys.add(ScopeType.BRAND + ":" + goods.brandId() + "@" + goods.brandCode());
    keys.add(ScopeType.PLATFORM + ":@");
    return keys;
  }

  /** The keys for several lines, each once. */
  public static Set<String> keys(Collection<Goods> lines) {
    Set<String> keys = new LinkedHashSet<>();
    lines.forEach(goods -> keys.addAll(keys(goods)));
    return keys;
  }

  private static void both(List<String> keys, ScopeType type, String id, Goods goods) {
    if (id == null || id.isEmpty()) {
      return;
    }
    keys.add(type + ":" + id + "@" + goods.brandCode());
    keys.add(type + ":" + id + "@");
  }

  /**
   * What is bought, as far as rules care.
   *
   * @param launchId empty outside a launch
   * @param categoryIds the nearest first
   */
  public record Goods(
      String skuId,
      String productId,
      String launchId,
      List<String> categoryIds,
      String brandId,
      String brandCode) {}
}
