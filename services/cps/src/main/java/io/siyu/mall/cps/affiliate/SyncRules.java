package io.siyu.mall.cps.affiliate;

import java.time.Duration;
import java.util.Map;

/**
 * How a platform wants to be asked for orders.
 *
 * @param longestWindow by question; a question that is missing is not asked
 * @param overlap how far each sync goes back behind what was asked last
 * @param firstSync how far the very first one goes back
 * @param toleratedLag a watermark further behind than that is a gap
 * @param recheckAfter open orders older than that are asked for again
 * @param recheckEvery but not more often than that
 */
public record SyncRules(
    Map<Question, Duration> longestWindow,
    Duration overlap,
    Duration firstSync,
    Duration toleratedLag,
    Duration recheckAfter,
    Duration recheckEvery) {

  public SyncRules {
    longestWindow = Map.copyOf(longestWindow);
  }
}
