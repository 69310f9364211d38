package io.siyu.mall.order.order;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Receipt and completion by time. */
@ApplicationScoped
public class OrderJobs {

  private final Jobs jobs;
  private final DueRows due;
  private final OrderCommands commands;

  OrderJobs(Jobs jobs, DueRows due, OrderCommands commands) {
    this.jobs = jobs;
    this.due = due;
    this.commands = commands;
  }

  /** One round. */
  @Scheduled(every = "{mall.jobs.every}", concurrentExecution = SKIP)
  public Uni<Void> passTime() {
    return jobs.run(
        "order-time",
        DueRows.LONGEST_ROUND,
        () ->
            due.offer(
                "orders",
                "state IN ('SHIPPED', 'RECEIVED')",
                id -> commands.passTime(new OrderId(id))));
  }
}
