package io.siyu.mall.cps.attribution;

import io.siyu.mall.cps.platform.OutsideClock;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What staff decide about shares. */
@ApplicationScoped
public class SharePolicyCommands {

  private static final int NOTE = 500;

  private final SharePolicies policies;
  private final OutsideClock outside;
  private final Clock clock;

  SharePolicyCommands(SharePolicies policies, OutsideClock outside, Clock clock) {
    this.policies = policies;
    this.outside = outside;
    this.clock = clock;
  }

  /**
   * Adds a version. It begins in the future, by the time that orders are dated by: no order that
   * exists is shared otherwise than was said when it was made.
   */
  public Uni<SharePolicy> add(
      SqlTransaction tx, Instant effectiveFrom, List<ShareStep> steps, String by, String note) {
    SharePolicy.check(
            Validation.start()
                .require(
                    effectiveFrom != null && effectiveFrom.isAfter(outside.instant()),
                    "effective_from",
                    "must be in the future")
                .length("note", note, 1, NOTE),
            steps)
        .check();
    return policies
        .next(tx)
        .map(version -> new SharePolicy(version, effectiveFrom, steps, by, clock.instant(), note))
        .call(policy -> policies.add(tx, policy));
  }
}
