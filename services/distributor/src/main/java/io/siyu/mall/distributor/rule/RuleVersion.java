package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.dated.Dated;
import java.time.Instant;
import java.util.UUID;

/**
 * One version of a rule; it never changes. One that is over as it begins ends the rule.
 *
 * @param effectiveUntil null: until another version begins
 */
public record RuleVersion(
    UUID ruleId,
    long version,
    RuleScope scope,
    RuleTerms terms,
    Instant effectiveFrom,
    Instant effectiveUntil,
    String changedBy,
    Instant changedAt,
    String note)
    implements Dated {

  /** The version that ends the rule: nothing is in force from then on. */
  static RuleVersion end(
      RuleVersion newest, RuleVersion last, Instant end, String by, Instant now, String note) {
    return new RuleVersion(
        newest.ruleId, newest.version + 1, newest.scope, last.terms, end, end, by, now, note);
  }
}
