package io.siyu.mall.distributor.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.time.SecurityTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the reconciliation by itself and shows what it found: {@code mall_ledger_differences} (how
 * many), {@code mall_ledger_difference_fen} (their absolute sum) and {@code
 * mall_ledger_checked_at_seconds} (when a run last ended well, Unix time; 0 before the first).
 */
@ApplicationScoped
public class LedgerWatch {

  private static final Duration LONGEST = Duration.ofMinutes(50);

  private final Reconciliation reconciliation;
  private final Jobs jobs;
  private final AtomicLong differences;
  private final AtomicLong fen;
  private final AtomicLong checkedAt;

  LedgerWatch(Reconciliation reconciliation, Jobs jobs, MeterRegistry meters) {
    this.reconciliation = reconciliation;
    this.jobs = jobs;
    this.differences = meters.gauge("mall_ledger_differences", new AtomicLong());
    this.fen = meters.gauge("mall_ledger_difference_fen", new AtomicLong());
    this.checkedAt = meters.gauge("mall_ledger_checked_at_seconds", new AtomicLong());
  }

  /** It reads everything, so it is rare and not the first thing that a new process does. */
  @Scheduled(
      every = "${mall.ledger.watch-every:1h}",
      delayed = "5m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> watch() {
    return jobs.run(
        "ledger-watch", LONGEST, () -> reconciliation.run().invoke(this::show).replaceWithVoid());
  }

  void show(List<Check> checks) {
    differences.set(checks.stream().mapToLong(Check::count).sum());
    fen.set(checks.stream().mapToLong(Check::amount).sum());
    checkedAt.set(SecurityTime.now().getEpochSecond());
  }
}
