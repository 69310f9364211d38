package io.siyu.mall.distributor.rule;

import java.time.Instant;
import java.util.UUID;

/**
 * One version of a rule; it never changes.
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
    String note) {

  boolean begun(Instant at) {
    return !effectiveFrom.isAfter(at);
  }

  boolean over(Instant at) {
    return effectiveUntil != null && !at.isBefore(effectiveUntil);
  }
}
