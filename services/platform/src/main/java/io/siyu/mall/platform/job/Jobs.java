package io.siyu.mall.platform.job;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.siyu.mall.platform.identity.Caller;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Runs work that no caller asked for: scheduled jobs, the relay, what follows an event. Each run
 * has a Vert.x context of its own, so that it may open a Hibernate session, and this service's
 * identity.
 *
 * <pre>{@code
 * @Scheduled(every = "10s", concurrentExecution = SKIP)
 * Uni<Void> releaseExpired() {
 *   return jobs.run(reservations::releaseExpired);
 * }
 * }</pre>
 */
@ApplicationScoped
public class Jobs {

  private final Vertx vertx;
  private final Caller self;

  Jobs(Vertx vertx, @ConfigProperty(name = "mall.service.client-id") String service) {
    this.vertx = vertx;
    this.self = Caller.self(service);
  }

  /** Runs the work on a context of its own when the Uni is subscribed to. */
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
