package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Writes rules; every change is a new version, inside the caller's transaction. */
@ApplicationScoped
public class RuleCommands {

  public static final String NOT_FOUND = "RULE_NOT_FOUND";
  public static final String STILL_RUNS = "RULE_STILL_RUNS";

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
   * @param replaces the versions that have not begun and never will because of this one
   */
  public record Validity(
      Instant from, Instant until, Collection<Long> replaces, String note, String by) {}

  /** A version, and those that had not begun and never will because of it. */
  public record Written(RuleVersion version, List<RuleVersion> replaced) {}

  /**
   * A new rule.
   *
   * @throws DomainException RULE_EXISTS naming the scope's living rule; {@value #STILL_RUNS} naming
   *     the ended one that would be in force at the same time
   */
  public Uni<RuleVersion> create(
      SqlTransaction tx, RuleScope scope, RuleTerms terms, Validity validity) {
    RuleVersion first = version(Ids.next(), 1, scope, terms, validity);
    return rules
        .add(tx, first)
        .chain(
            added ->
                added
                    ? rules
                        .endAfter(tx, scope, first.effectiveFrom())
                        .invoke(RuleCommands::refuseOverlap)
                        .replaceWith(first)
                    : rules.living(tx, scope).map(RuleCommands::refuseSecond));
  }

  /**
   * The next version; orders placed before keep theirs.
   *
   * @param expected the newest version that the caller has seen
   * @throws DomainException REPLACES_SCHEDULED when it replaces others than the caller named
   */
  public Uni<Written> revise(
      SqlTransaction tx, RuleVersion seen, long expected, RuleTerms terms, Validity validity) {
    return locked(tx, seen.ruleId(), expected)
        .map(
            history -> {
              if (history.ended()) {
                throw DomainException.precondition("RULE_ENDED", "the rule was ended");
              }
              Timeline<RuleVersion> timeline = history.timeline();
              RuleVersion next =
                  version(seen.ruleId(), expected + 1, seen.scope(), terms, validity);
              return new Written(
                  next,
                  timeline.replacedByConsent(
                      next.effectiveFrom(), clock.instant(), validity.replaces()));
            })
        .call(written -> rules.addVersion(tx, written.version(), false));
  }

  /**
   * Ends the rule; the scope is free for another one. An end only ever shortens: versions that
   * would begin later never do, and what is over by then stays over.
   *
   * @param end null: now
   * @throws DomainException ENDS_EARLIER when the rule is over by then; one that ran out can still
   *     be ended now, which frees its scope
   */
  public Uni<Written> end(
      SqlTransaction tx, RuleVersion seen, long expected, Instant end, String note, String by) {
    Instant now = clock.instant();
    Instant from = end == null ? now : end;
    Validation.start()
        .require(!from.isBefore(now), "effective_until", "must not be in the past")
        .optional(TextType.NOTE, "note", note)
        .check();
    return locked(tx, seen.ruleId(), expected)
        .map(
            history -> {
              Timeline<RuleVersion> timeline = history.timeline();
              if (history.ended() || end != null) {
                timeline.requireRunning(from);
              }
              RuleVersion last = timeline.at(from).orElse(timeline.newest());
              return new Written(
                  RuleVersion.end(timeline.newest(), last, from, by, now, note),
                  timeline.replacedFrom(from, now));
            })
        .call(written -> rules.addVersion(tx, written.version(), true));
  }

  private Uni<Rules.History> locked(SqlTransaction tx, UUID ruleId, long expected) {
    return rules
        .lock(tx, ruleId)
        .invoke(
            history -> {
              if (history == null) {
                throw DomainException.notFound(NOT_FOUND, "there is no such rule");
              }
              long newest = history.timeline().newest().version();
              if (newest != expected) {
                throw new DomainException(
                        Kind.ABORTED, "STALE_VERSION", "the rule has a newer version")
                    .with("version", newest);
              }
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
        .optional(TextType.NOTE, "note", validity.note())
        .check();
    return new RuleVersion(
        ruleId, number, scope, terms, from, validity.until(), validity.by(), now, validity.note());
  }

  private static RuleVersion refuseSecond(UUID living) {
    throw new DomainException(Kind.ALREADY_EXISTS, "RULE_EXISTS", "the scope has a rule: revise it")
        .with("rule_id", living);
  }

  private static void refuseOverlap(RuleVersion end) {
    if (end != null) {
      throw DomainException.precondition(
              STILL_RUNS,
              "a rule of the scope was ended and is in force until then: begin then, or end it now")
          .with("rule_id", end.ruleId())
          .with("effective_until", end.effectiveFrom());
    }
  }
}
