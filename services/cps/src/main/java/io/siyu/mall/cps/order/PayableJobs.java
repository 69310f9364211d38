package io.siyu.mall.cps.order;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.job.Rounds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Makes orders payable when their platform's payment month is closed. */
@ApplicationScoped
public class PayableJobs {

  private static final int BATCH = 500;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final TakeDocuments orders;
  private final Jobs jobs;

  PayableJobs(TakeDocuments orders, Jobs jobs) {
    this.orders = orders;
    this.jobs = jobs;
  }

  @Scheduled(
      every = "${mall.cps.payable-every:5s}",
      delayed = "3s",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> onSchedule() {
    return jobs.run("release-payable", LONGEST, this::releaseAll);
  }

  /** All that are due, a batch at a time. */
  Uni<Void> releaseAll() {
    return Rounds.whileFull(BATCH, () -> orders.releasePayable(BATCH)).replaceWithVoid();
  }
}
