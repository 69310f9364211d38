package io.siyu.mall.order.aftersale;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.order.order.Actor;
import io.siyu.mall.order.order.DueRows;
import io.siyu.mall.order.order.Scope;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What happens to cases when nobody acts. */
@ApplicationScoped
public class AfterSaleJobs {

  private final Jobs jobs;
  private final DueRows due;
  private final AfterSaleCases cases;
  private final AfterSaleCommands commands;
  private final AfterSaleConfig config;

  AfterSaleJobs(
      Jobs jobs,
      DueRows due,
      AfterSaleCases cases,
      AfterSaleCommands commands,
      AfterSaleConfig config) {
    this.jobs = jobs;
    this.due = due;
    this.cases = cases;
    this.commands = commands;
    this.config = config;
  }

  /** One round. */
  @Scheduled(every = "{mall.jobs.every}", concurrentExecution = SKIP)
  public Uni<Void> passTime() {
    return jobs.run(
        "after-sale-time",
        DueRows.LONGEST_ROUND,
        () ->
            due.offer(
                "after_sale_case",
                "state IN ('APPLIED', 'APPROVED', 'RETURNING', 'REJECTED', 'REFUSED')",
                this::passTime));
  }

  private Uni<Void> passTime(UUID id) {
    CaseId caseId = new CaseId(id);
    return cases
        .orderOf(caseId)
        .chain(
            order ->
                commands.step(
                    order,
                    caseId,
                    Scope.all(),
                    Actor.SYSTEM,
                    (of, now) -> of.passTime(now, config)));
  }
}
