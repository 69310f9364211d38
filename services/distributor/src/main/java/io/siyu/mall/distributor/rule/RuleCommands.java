package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Writes rules; every change is a new version, inside the caller's transaction. */
@ApplicationScoped
public class RuleCommands {

  public static final String NOT_FOUND = "RULE_NOT_FOUND";

  private final Rules rules;
  private final Clock clock;

  RuleCommands(Rules rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * What a version says besides its terms.
   *
   * @param from null: now
   * @param until null: open
   */
  public record Validity(Instant from, Instant until, String note, String by) {}

  /**
   * A new rule.
   *
   * @throws DomainException RULE_EXISTS naming the scope's living rule
   */
  public Uni<RuleVersion> create(
      SqlTransaction tx, RuleScope scope, RuleTerms terms, Validity validity) {
    RuleVersion first = version(Ids.next(), 1, scope, terms, validity);
    return rules
        .add(tx, first)
        .chain(
            added ->
                added
                    ? Uni.createFrom().item(first)
                    : rules.living(tx, scope).map(RuleCommands::refuseSecond));
  }

  /**
   * The next version; orders placed before keep theirs.
   *
   * @param expected the newest version that the caller has seen
   */
  public Uni<RuleVersion> revise(
      SqlTransaction tx, RuleVersion seen, long expected, RuleTerms terms, Validity validity) {
    return locked(tx, seen.ruleId(), expected)
        .map(now -> version(now.ruleId(), now.version() + 1, now.scope(), terms, validity))
        .call(next -> rules.addVersion(tx, next, false));
  }

  /**
   * Ends the rule; the scope is free for another one.
   *
   * @param until null: now
   */
  public Uni<RuleVersion> end(
      SqlTransaction tx, RuleVersion seen, long expected, Instant until, String by) {
    Instant now = clock.instant();
    Instant end = until == null || until.isBefore(now) ? now : until;
    return locked(tx, seen.ruleId(), expected)
        .map(
            last ->
                new RuleVersion(
                    last.ruleId(),
                    last.version() + 1,
                    last.scope(),
                    last.terms(),
                    // One that has not begun yet never does.
                    last.effectiveFrom().isAfter(now) ? now : last.effectiveFrom(),
                    end,
                    by,
                    now,
                    last.note()))
        .call(next -> rules.addVersion(tx, next, true));
  }

  private Uni<RuleVersion> locked(SqlTransaction tx, UUID ruleId, long expected) {
    return rules
        .lock(tx, ruleId)
        .map(
            newest -> {
              if (newest == null) {
                throw DomainException.notFound(NOT_FOUND, "there is no such rule");
              }
              if (newest.version().version() != expected) {
                throw new DomainException(
                        Kind.ABORTED, "STALE_VERSION", "the rule has a newer version")
                    .with("version", newest.version().version());
              }
              if (newest.ended()) {
                throw DomainException.precondition("RULE_ENDED", "the rule was ended");
              }
              return newest.version();
            });
  }

  private RuleVersion version(
      UUID ruleId, long number, RuleScope scope, RuleTerms terms, Validity validity) {
    Instant now = clock.instant();
    Instant from = validity.from() == null ? now : validity.from();
    Validation.start()
        .require(!from.isBefore(now), "effective_from", "must not be in the past")
        .require(
            validity.until() == null || validity.until().isAfter(from),
            "effective_until",
            "must be after effective_from")
        .require(validity.note().length() <= 500, "note", "must have at most 500 characters")
        .check();
    return new RuleVersion(
        ruleId, number, scope, terms, from, validity.until(), validity.by(), now, validity.note());
  }

  private static RuleVersion refuseSecond(UUID living) {
    throw new DomainException(Kind.ALREADY_EXISTS, "RULE_EXISTS", "the scope has a rule: revise it")
        .with("rule_id", living);
  }
}
