package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/** Stores commission rules; a version is written once. */
public interface Rules {

  /** All versions of a rule, the rule locked; null when there is none. */
  Uni<History> lock(SqlTransaction tx, UUID ruleId);

  /**
   * A new rule with its first version.
   *
   * @return false when the scope has a living rule already
   */
  Uni<Boolean> add(SqlTransaction tx, RuleVersion first);

  /**
   * The next version.
   *
   * @param ended whether the scope is free for another rule from now on
   */
  Uni<Void> addVersion(SqlTransaction tx, RuleVersion next, boolean ended);

  /** The id of the living rule of a scope; null when there is none. */
  Uni<UUID> living(SqlTransaction tx, RuleScope scope);

  /** The end of the last rule of a scope that was ended and is in force then; null when none is. */
  Uni<RuleVersion> endAfter(SqlTransaction tx, RuleScope scope, Instant from);

  /** A rule's versions, and whether it was ended for good. */
  record History(Timeline<RuleVersion> timeline, boolean ended) {}
}
