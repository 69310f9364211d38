package io.siyu.mall.cps.attribution;

import io.siyu.mall.cps.platform.OutsideClock;
import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What staff decide about shares. */
@ApplicationScoped
public class SharePolicyCommands {

  private final SharePolicies policies;
  private final OutsideClock outside;
  private final Clock clock;

  SharePolicyCommands(SharePolicies policies, OutsideClock outside, Clock clock) {
    this.policies = policies;
    this.outside = outside;
    this.clock = clock;
  }

  /**
   * A version, and those that had not begun and never will because of it.
   *
   * @param replaced none for one that was not just added
   */
  public record Added(SharePolicy policy, List<SharePolicy> replaced) {}

  /**
   * Adds a version. It begins in the future, by the time that orders are dated by: no order that
   * exists is shared otherwise than was said when it was made.
   *
   * @param replaces the versions that have not begun and never will because of this one
   * @throws DomainException REPLACES_SCHEDULED, in the Uni, when these are others than were named
   */
  public Uni<Added> add(
      SqlTransaction tx,
      Instant effectiveFrom,
      List<ShareStep> steps,
      Collection<Long> replaces,
      String by,
      String note) {
    Instant now = outside.instant();
    SharePolicy.check(
            Validation.start()
                .require(
                    effectiveFrom != null && effectiveFrom.isAfter(now),
                    "effective_from",
                    "must be in the future")
                .required(TextType.NOTE, "note", note),
            steps)
        .check();
    return policies
        .lock(tx)
        .map(Timeline::new)
        .map(
            all ->
                new Added(
                    new SharePolicy(
                        all.newest().version() + 1,
                        effectiveFrom,
                        steps,
                        by,
                        clock.instant(),
                        note),
                    all.replacedByConsent(effectiveFrom, now, replaces)))
        .call(added -> policies.add(tx, added.policy()));
  }
}
