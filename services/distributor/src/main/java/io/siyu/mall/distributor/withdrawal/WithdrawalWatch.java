package io.siyu.mall.distributor.withdrawal;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows how many withdrawals hang, {@code mall_withdrawals_troubled}: under way, and the last
 * attempt brought nothing certain or a refusal. A few for minutes are normal; for hours finance has
 * to look.
 */
@ApplicationScoped
public class WithdrawalWatch {

  private final WithdrawalQueries queries;
  private final Jobs jobs;
  private final AtomicLong troubled;

  WithdrawalWatch(WithdrawalQueries queries, Jobs jobs, MeterRegistry meters) {
    this.queries = queries;
    this.jobs = jobs;
    this.troubled = meters.gauge("mall_withdrawals_troubled", new AtomicLong());
  }

  @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> watch() {
    return jobs.run("withdrawal-watch", this::count);
  }

  /** Counts them now. */
  public Uni<Void> count() {
    return queries.troubled().invoke(troubled::set).replaceWithVoid();
  }
}
