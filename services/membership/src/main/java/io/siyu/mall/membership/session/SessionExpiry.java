package io.siyu.mall.membership.session;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.job.Rounds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Ends sessions whose time is over. */
@ApplicationScoped
public class SessionExpiry {

  private static final int BATCH = 200;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final SessionCommands commands;
  private final Jobs jobs;

  @Inject
  SessionExpiry(SessionCommands commands, Jobs jobs) {
    this.commands = commands;
    this.jobs = jobs;
  }

  @Scheduled(
      every = "${mall.membership.session-expiry-every:10m}",
      delayed = "1m",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> onSchedule() {
    return jobs.run("session-expiry", LONGEST, this::expireAll);
  }

  /** Ends everything that is due, a batch and a transaction at a time. */
  public Uni<Void> expireAll() {
    return Rounds.whileFull(BATCH, () -> commands.expireSome(BATCH)).replaceWithVoid();
  }
}
