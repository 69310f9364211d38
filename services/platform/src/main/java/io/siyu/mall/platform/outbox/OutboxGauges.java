package io.siyu.mall.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** {@code mall_outbox_pending} and {@code mall_outbox_parked}: rows, counted every 15 seconds. */
@ApplicationScoped
public class OutboxGauges {

  private final Pool pool;
  private final Jobs jobs;
  private final AtomicLong pending;
  private final AtomicLong parked;

  OutboxGauges(Pool pool, Jobs jobs, MeterRegistry metrics) {
    this.pool = pool;
    this.jobs = jobs;
    this.pending = metrics.gauge("mall_outbox_pending", new AtomicLong());
    this.parked = metrics.gauge("mall_outbox_parked", new AtomicLong());
  }

  @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> onSchedule() {
    return jobs.run("count-outbox", this::count);
  }

  Uni<Void> count() {
    return pool.query("SELECT COUNT(*), COUNT(parked_at) FROM outbox")
        .execute()
        .invoke(
            rows ->
                rows.forEach(
                    row -> {
                      parked.set(row.getLong(1));
                      pending.set(row.getLong(0) - row.getLong(1));
                    }))
        .replaceWithVoid();
  }
}
