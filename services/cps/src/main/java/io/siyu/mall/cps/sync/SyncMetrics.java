package io.siyu.mall.cps.sync;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.affiliate.Question;
import io.siyu.mall.cps.order.TakeDocuments.Taken;
import io.siyu.mall.cps.platform.OutsideClock;
import io.siyu.mall.cps.platform.Platform;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What can be seen of the synchronisation: {@code mall_cps_sync_lag_seconds} by platform and
 * question, {@code mall_cps_sync_gap} (1: further behind than is tolerated, orders are being
 * missed), and counters of runs and documents.
 */
@ApplicationScoped
public class SyncMetrics {

  private final MeterRegistry registry;
  private final Platforms platforms;
  private final OutsideClock clock;
  private final Map<String, Instant> watermarks = new ConcurrentHashMap<>();

  SyncMetrics(MeterRegistry registry, Platforms platforms, OutsideClock clock) {
    this.registry = registry;
    this.platforms = platforms;
    this.clock = clock;
  }

  /** A question has come so far. */
  void watermark(Platform platform, Question question, Instant to) {
    String key = platform + "/" + question;
    if (watermarks.put(key, to) == null) {
      Tags tags = Tags.of("platform", platform.name(), "question", question.name());
      Gauge.builder("mall_cps_sync_lag_seconds", () -> lag(watermarks.get(key)).toSeconds())
          .tags(tags)
          .register(registry);
      Gauge.builder("mall_cps_sync_gap", () -> isGap(platform, watermarks.get(key)) ? 1 : 0)
          .tags(tags)
          .register(registry);
    }
  }

  /** A page was taken. */
  void page(Platform platform, Taken taken, int unreadable) {
    count("taken", platform, taken.documents());
    count("changed", platform, taken.changed());
    count("unreadable", platform, unreadable);
  }

  /** A run has ended. */
  void ended(Platform platform, boolean well) {
    registry
        .counter("mall_cps_syncs", "platform", platform.name(), "outcome", well ? "OK" : "FAILED")
        .increment();
  }

  /** How far behind the platform's time it is. */
  Duration lag(Instant watermark) {
    Duration lag = Duration.between(watermark, clock.instant());
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  /** Whether that is too far. */
  boolean isGap(Platform platform, Instant watermark) {
    return platforms.all().stream()
        .filter(one -> one.platform() == platform)
        .map(AffiliatePlatform::rules)
        .anyMatch(rules -> lag(watermark).compareTo(rules.toleratedLag()) > 0);
  }

  private void count(String what, Platform platform, int number) {
    registry
        .counter("mall_cps_documents", "platform", platform.name(), "what", what)
        .increment(number);
  }
}
