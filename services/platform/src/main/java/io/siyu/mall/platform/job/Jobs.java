package io.siyu.mall.platform.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.siyu.mall.platform.identity.Caller;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Runs work that no caller asked for: scheduled jobs, the relay, what follows an event. Each run
 * has a Vert.x context of its own, so that it may open a Hibernate session, and this service's
 * identity.
 *
 * <p>A scheduled job has a name and a bound: the scheduler skips a job that has not ended, so one
 * answer that never comes would stop it for ever. What the job has committed until then stays; the
 * transaction that is open ends by itself, unseen.
 *
 * <pre>{@code
 * @Scheduled(every = "10s", concurrentExecution = SKIP)
 * Uni<Void> releaseExpired() {
 *   return jobs.run("release-expired", reservations::releaseExpired);
 * }
 * }</pre>
 */
@ApplicationScoped
public class Jobs {

  /** Counts runs that neither ended nor failed within their bound, by {@code job}. */
  public static final String GIVEN_UP = "mall_jobs_given_up";

  private static final Logger LOG = Logger.getLogger(Jobs.class);

  private final Vertx vertx;
  private final Caller self;
  private final MeterRegistry metrics;
  private final Duration longest;

  Jobs(
      Vertx vertx,
      @ConfigProperty(name = "mall.service.client-id") String service,
      MeterRegistry metrics,
      @ConfigProperty(name = "mall.jobs.longest", defaultValue = "PT60S") Duration longest) {
    this.vertx = vertx;
    this.self = Caller.self(service);
    this.metrics = metrics;
    this.longest = longest;
  }

  /**
   * Runs a job whose rounds are short, within {@code mall.jobs.longest}.
   *
   * @param name for logs and {@value #GIVEN_UP}
   * @return what the work gives, or a {@link TimeoutException} after the bound
   */
  public <T> Uni<T> run(String name, Supplier<Uni<T>> work) {
    return run(name, longest, work);
  }

  /**
   * Runs a job whose rounds may be long.
   *
   * @param name for logs and {@value #GIVEN_UP}
   * @param bound more than the longest round takes that goes well
   * @return what the work gives, or a {@link TimeoutException} after the bound
   */
  public <T> Uni<T> run(String name, Duration bound, Supplier<Uni<T>> work) {
    // There from the first run on, at 0: an alert on its increase sees the first one.
    Counter givenUp = metrics.counter(GIVEN_UP, "job", name);
    return run(work)
        .ifNoItem()
        .after(bound)
        .recoverWithUni(
            () -> {
              givenUp.increment();
              LOG.errorf("job %s was given up: no end after %s", name, bound);
              return Uni.createFrom()
                  .failure(new TimeoutException("job " + name + " had no end after " + bound));
            });
  }

  /**
   * Runs the work on a context of its own when the Uni is subscribed to, without a bound: for work
   * that somebody waits for no longer than they will, or that bounds its own steps. Not for a
   * scheduled job.
   */
  public <T> Uni<T> run(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
              VertxContextSafetyToggle.setContextSafe(context, true);
              self.attachTo(context);
              context.runOnContext(
                  ignored ->
                      Uni.createFrom()
                          .<T>deferred(() -> work.get())
                          .subscribe()
                          .with(emitter::complete, emitter::fail));
            });
  }

  /**
   * Continues on the Vert.x context of the caller, wherever the work completes. For what comes back
   * on a thread of a foreign library: a Hibernate session and {@link Caller#current()} are found on
   * the caller's context only.
   */
  public static <T> Uni<T> comeBack(Uni<T> work) {
    Context context = Vertx.currentContext();
    if (context == null) {
      return work;
    }
    return work.emitOn(
        command -> {
          if (Vertx.currentContext() == context) {
            command.run();
          } else {
            context.runOnContext(ignored -> command.run());
          }
        });
  }
}
