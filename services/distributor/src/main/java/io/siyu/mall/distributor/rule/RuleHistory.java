package io.siyu.mall.distributor.rule;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every version of the rules that may concern some lines: which one was in force at a moment that
 * has passed. That never changes, whatever was written since.
 */
public final class RuleHistory {

  private final Map<String, List<RuleVersion>> byScope;

  RuleHistory(Collection<RuleVersion> versions) {
    this.byScope = versions.stream().collect(Collectors.groupingBy(v -> v.scope().key()));
  }

  /** The history of the rules of some lines. */
  public static Uni<RuleHistory> read(SqlReader from, Collection<RuleBook.Goods> lines) {
    if (lines.isEmpty()) {
      return Uni.createFrom().item(new RuleHistory(List.of()));
    }
    List<Object> keys = Marks.padded(RuleBook.keys(lines));
    return from.select(
            "SELECT "
                + SqlRules.COLUMNS
                + " FROM commission_rules r JOIN commission_rule_versions v"
                + " ON v.rule_id = r.rule_id WHERE v.scope_key IN ("
                + Marks.list(keys.size())
                + ")",
            keys.toArray())
        .map(rows -> new RuleHistory(rows.stream().map(SqlRules::read).toList()));
  }

  /**
   * What could be answered for a line around a moment: one version or none, or several answers if
   * something changed then.
   *
   * @param tolerance how long before and after a change counts as the same moment
   */
  public Set<Optional<RuleVersion>> around(RuleBook.Goods goods, Instant at, Duration tolerance) {
    Instant from = at.minus(tolerance);
    Instant until = at.plus(tolerance);
    List<RuleVersion> versions = new ArrayList<>();
    RuleBook.keys(goods).forEach(key -> versions.addAll(byScope.getOrDefault(key, List.of())));
    Set<Instant> moments = new TreeSet<>(Set.of(from));
    versions.stream()
        .flatMap(
            v -> Stream.of(Optional.of(v.effectiveFrom()), Optional.ofNullable(v.effectiveUntil())))
        .flatMap(Optional::stream)
        .filter(change -> change.isAfter(from) && !change.isAfter(until))
        .forEach(moments::add);
    Set<Optional<RuleVersion>> answers = new LinkedHashSet<>();
    moments.forEach(moment -> answers.add(new RuleBook(versions, moment).find(goods)));
    return answers;
  }
}
