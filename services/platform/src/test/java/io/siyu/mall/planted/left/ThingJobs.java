package io.siyu.mall.planted.left;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;

/** Planted: a scheduled job that may wait for ever, and one that may not. */
public class ThingJobs {

  private final Jobs jobs;

  ThingJobs(Jobs jobs) {
    this.jobs = jobs;
  }

  @Scheduled(every = "${mall.planted.every:off}")
  Uni<Void> withoutABound() {
    return jobs.run(() -> Uni.createFrom().voidItem());
  }

  @Scheduled(every = "${mall.planted.every:off}")
  Uni<Void> within() {
    return jobs.run("within", () -> Uni.createFrom().voidItem());
  }
}
