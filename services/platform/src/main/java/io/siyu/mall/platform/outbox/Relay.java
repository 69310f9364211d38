package io.siyu.mall.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.job.Rounds;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Delivers what is in the outbox: woken by the commit that added it, and once a second as a safety
 * net. Each subscriber has a line of its own, one delivery at a time.
 *
 * <p>Events of one aggregate reach a subscriber in order: the next one is not sent before the last
 * one was taken. An event that the subscriber refuses, or has answered RETRY {@code max-attempts}
 * times, is <em>parked</em> — and blocks the later events of its aggregate for that subscriber
 * until somebody re-drives it ({@code EventAdmin}). A subscriber that cannot be reached parks
 * nothing: its line pauses and goes on where it was.
 */
@ApplicationScoped
public class Relay {

  private static final Logger LOG = Logger.getLogger(Relay.class);
  private static final Duration RETRY_MIN = Duration.ofMillis(200);
  private static final Duration RETRY_MAX = Duration.ofMinutes(1);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  private final OutboxRows rows;
  private final EventTransport transport;
  private final Subscriptions subscriptions;
  private final OutboxConfig config;
  private final Jobs jobs;
  private final MeterRegistry metrics;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  Relay(
      OutboxRows rows,
      EventTransport transport,
      Subscriptions subscriptions,
      OutboxConfig config,
      Jobs jobs,
      MeterRegistry metrics) {
    this.rows = rows;
    this.transport = transport;
    this.subscriptions = subscriptions;
    this.config = config;
    this.jobs = jobs;
    this.metrics = metrics;
  }

  /** Something was committed for the subscriber. Returns at once. */
  public void wake(String subscriber) {
    if (config.enabled() && !stopped) {
      lines.computeIfAbsent(subscriber, Line::new).wake();
    }
  }

  /** The safety net: finds what no wake told of, after a crash or from another replica. */
  @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  public void poll() {
    subscriptions.subscribers().forEach(this::wake);
  }

  void stop(@Observes ShutdownEvent shutdown) {
    stopped = true;
  }

  /** Claims and delivers until nothing is due. */
  private Uni<Integer> drain(Line line) {
    return Rounds.whileFull(1, () -> deliverSome(line));
  }

  /**
   * @return how many were claimed; 0 also when the process stops
   */
  private Uni<Integer> deliverSome(Line line) {
    return bounded(rows.claim(line.subscriber))
        .chain(
            claimed ->
                claimed.isEmpty() || stopped
                    ? Uni.createFrom().item(0)
                    : deliver(line, claimed).replaceWith(claimed.size()));
  }

  /** A connection that dies with the server may never say so; the line must not wait for it. */
  private <T> Uni<T> bounded(Uni<T> step) {
    return step.ifNoItem().after(config.longestStep()).fail();
  }

  private Uni<Void> deliver(Line line, List<ClaimedEvent> claimed) {
    List<Event> events = claimed.stream().map(ClaimedEvent::event).toList();
    return Jobs.comeBack(transport.deliver(line.subscriber, events))
        .onFailure()
        .call(failure -> bounded(rows.release(claimed)))
        .invoke(line::reached)
        .chain(results -> settle(line.subscriber, claimed, results));
  }

  private Uni<Void> settle(
      String subscriber, List<ClaimedEvent> claimed, List<EventResult> results) {
    Map<String, EventResult> byId = new HashMap<>();
    results.forEach(result -> byId.put(result.getEventId(), result));
    List<ClaimedEvent> taken = new ArrayList<>();
    List<Uni<Void>> others = new ArrayList<>();
    for (ClaimedEvent row : claimed) {
      EventResult result =
          byId.getOrDefault(row.event().getEventId(), EventResult.getDefaultInstance());
      count(subscriber, result.getOutcome());
      switch (result.getOutcome()) {
        case ACCEPTED, DUPLICATE -> taken.add(row);
        case REFUSED -> others.add(park(subscriber, row, result));
        default -> others.add(retry(subscriber, row, result));
      }
    }
    return bounded(rows.delete(taken))
        .chain(
            () ->
                Multi.createFrom()
                    .iterable(others)
                    .onItem()
                    .transformToUniAndConcatenate(this::bounded)
                    .collect()
                    .last());
  }

  private Uni<Void> retry(String subscriber, ClaimedEvent row, EventResult result) {
    if (row.attempts() >= config.maxAttempts()) {
      return park(subscriber, row, result);
    }
    long factor = 1L << Math.min(row.attempts() - 1, 20);
    Duration pause = RETRY_MIN.multipliedBy(factor);
    return rows.retry(row, jitter(min(pause, RETRY_MAX)), error(result));
  }

  private Uni<Void> park(String subscriber, ClaimedEvent row, EventResult result) {
    LOG.errorf(
        "parked for %s: event %s %s of %s %s: %s",
        subscriber,
        row.event().getEventId(),
        row.event().getType(),
        row.event().getAggregateType(),
        row.event().getAggregateId(),
        error(result));
    return rows.park(row, error(result));
  }

  private void count(String subscriber, Outcome outcome) {
    metrics
        .counter("mall_outbox_deliveries", "subscriber", subscriber, "outcome", outcome.name())
        .increment();
  }

  private static String error(EventResult result) {
    return result.getOutcome() == Outcome.OUTCOME_UNSPECIFIED
        ? "NO_RESULT: the subscriber did not speak about this event"
        : result.getReason() + ": " + result.getMessage();
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration jitter(Duration pause) {
    return Duration.ofMillis(
        (long) (pause.toMillis() * (75 + ThreadLocalRandom.current().nextInt(50)) / 100));
  }

  /** What one subscriber is waiting for: at most one run at a time, and no wake is lost. */
  private final class Line {
    private final String subscriber;
    private boolean running;
    private boolean again;
    private int failures;
    private long pausedUntilNanos = System.nanoTime();

    Line(String subscriber) {
      this.subscriber = subscriber;
    }

    synchronized void wake() {
      if (running) {
        again = true;
      } else if (System.nanoTime() - pausedUntilNanos >= 0) {
        running = true;
        start();
      }
    }

    private void start() {
      jobs.run(() -> drain(this)).subscribe().with(done -> ended(null), this::ended);
    }

    private synchronized void ended(Throwable failure) {
      if (failure != null) {
        Duration pause =
            jitter(min(RETRY_MIN.multipliedBy(1L << Math.min(failures, 10)), PAUSE_MAX));
        failures++;
        pausedUntilNanos = System.nanoTime() + pause.toNanos();
        LOG.warnf("delivery to %s pauses for %s: %s", subscriber, pause, failure.toString());
        running = false;
        again = false;
      } else if (again && !stopped) {
        again = false;
        start();
      } else {
        running = false;
      }
    }

    private synchronized void reached() {
      failures = 0;
    }
  }
}
