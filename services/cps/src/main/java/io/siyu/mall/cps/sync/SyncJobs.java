package io.siyu.mall.cps.sync;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Starts the runs. Each platform has a line of its own: one that hangs holds up nobody but itself,
 * and is not started twice.
 */
@ApplicationScoped
public class SyncJobs {

  /** Who started the runs that nobody asked for. */
  public static final String SCHEDULE = "SCHEDULE";

  /** A first run over the orders of months takes hours; what it has committed stays. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private static final Logger LOG = Logger.getLogger(SyncJobs.class);

  private final Platforms platforms;
  private final SyncPlatform sync;
  private final Syncs syncs;
  private final SyncMetrics metrics;
  private final Jobs jobs;
  private final Set<Platform> running = ConcurrentHashMap.newKeySet();

  SyncJobs(Platforms platforms, SyncPlatform sync, Syncs syncs, SyncMetrics metrics, Jobs jobs) {
    this.platforms = platforms;
    this.sync = sync;
    this.syncs = syncs;
    this.metrics = metrics;
    this.jobs = jobs;
  }

  /** Returns at once; the runs go on by themselves. */
  @Scheduled(every = "${mall.cps.sync-every:60s}", delayed = "5s")
  void onSchedule() {
    platforms.all().stream().filter(AffiliatePlatform::configured).forEach(this::start);
  }

  /** Runs the platform now, unless it runs here already. Returns at once. */
  void start(AffiliatePlatform platform) {
    if (running.add(platform.platform())) {
      jobs.run(
              "cps-sync-" + platform.platform().name().toLowerCase(Locale.ROOT),
              LONGEST,
              () -> once(platform))
          .onTermination()
          .invoke(() -> running.remove(platform.platform()))
          .subscribe()
          .with(
              done -> LOG.debugf("%s is synchronised", platform.platform()),
              failure -> LOG.errorf(failure, "the sync of %s failed", platform.platform()));
    }
  }

  /** Also on a replica that another one keeps from working, the watermarks can be seen. */
  private Uni<Optional<Sync>> once(AffiliatePlatform platform) {
    return sync.run(platform, SCHEDULE)
        .call(
            () ->
                syncs
                    .watermarks(platform.platform())
                    .map(Map::entrySet)
                    .invoke(
                        all ->
                            all.forEach(
                                one ->
                                    metrics.watermark(
                                        platform.platform(), one.getKey(), one.getValue()))));
  }
}
