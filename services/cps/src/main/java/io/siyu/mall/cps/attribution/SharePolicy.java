package io.siyu.mall.cps.attribution;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * What part of a commission is passed on, in basis points.
 *
 * @param effectiveFrom orders made from then on are shared by it
 */
public record SharePolicy(
    long version, int directBasisPoints, int uplineBasisPoints, Instant effectiveFrom) {

  /**
   * The policy in force at the time: the newest version that had begun; the first one before all.
   */
  public static SharePolicy at(Collection<SharePolicy> policies, Instant time) {
    return policies.stream()
        .filter(policy -> !policy.effectiveFrom().isAfter(time))
        .max(Comparator.comparing(SharePolicy::version))
        .or(() -> policies.stream().min(Comparator.comparing(SharePolicy::version)))
        .orElseThrow(() -> new IllegalStateException("there is no share policy"));
  }
}
