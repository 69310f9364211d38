package io.siyu.mall.order.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows how many refunds need somebody now, {@code mall_refunds_undecided}: stuck longer than
 * finance has to decide, or paid twice.
 */
@ApplicationScoped
public class RefundWatch {

  private final PaymentQueries queries;
  private final Jobs jobs;
  private final AtomicLong undecided;

  RefundWatch(PaymentQueries queries, Jobs jobs, MeterRegistry meters) {
    this.queries = queries;
    this.jobs = jobs;
    this.undecided = meters.gauge("mall_refunds_undecided", new AtomicLong());
  }

  @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> watch() {
    return jobs.run("refund-watch", this::count);
  }

  /** Counts them now. */
  public Uni<Void> count() {
    return queries.undecided().invoke(undecided::set).replaceWithVoid();
  }
}
