package io.siyu.mall.membership.session;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** Ends sessions whose time is over, and forgets tokens that no living session can have. */
@ApplicationScoped
public class SessionExpiry {

  private static final int BATCH = 200;

  private final Sessions sessions;
  private final SessionPolicy policy;
  private final RealClock clock;
  private final Jobs jobs;

  @Inject
  SessionExpiry(Sessions sessions, SessionConfig config, RealClock clock, Jobs jobs) {
    this.sessions = sessions;
    this.policy = config.policy();
    this.clock = clock;
    this.jobs = jobs;
  }

  @Scheduled(
      every = "${mall.membership.session-expiry-every:10m}",
      delayed = "1m",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> onSchedule() {
    return jobs.run(this::expireAll);
  }

  /** Expires everything that is due, a batch at a time. */
  Uni<Void> expireAll() {
    return Panache.withTransaction(this::expireBatch)
        .chain(
            count ->
                count < BATCH
                    ? Uni.createFrom().voidItem()
                    : Uni.createFrom().deferred(this::expireAll));
  }

  /**
   * Expires one batch in the open transaction.
   *
   * @return how many sessions were ended
   */
  public Uni<Integer> expireBatch() {
    Instant now = clock.instant();
    return sessions
        .overdue(now, BATCH)
        .invoke(overdue -> overdue.forEach(session -> session.expire(now)))
        .call(() -> sessions.forgetTokens(now.minus(policy.absolute()), BATCH))
        .map(List::size);
  }
}
