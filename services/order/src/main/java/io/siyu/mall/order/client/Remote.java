package io.siyu.mall.order.client;

import io.grpc.StatusRuntimeException;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.RemoteErrors;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** How other services are called. */
final class Remote {

  private static final Logger LOG = Logger.getLogger(Remote.class);

  /** The other side did not answer, or not with a reason: whether it did something is unknown. */
  static final String UPSTREAM_UNAVAILABLE = "UPSTREAM_UNAVAILABLE";

  private Remote() {}

  /**
   * Calls, and goes on where the call was made: on the caller's context, with the caller's identity
   * and session. Refusals become {@link DomainException}s of the same kind and reason.
   */
  static <T> Uni<T> call(Supplier<Uni<T>> call) {
    Context context = Vertx.currentContext();
    Uni<T> answer =
        Uni.createFrom()
            .<T>deferred(() -> call.get())
            .onFailure(StatusRuntimeException.class)
            .transform(failure -> refusal((StatusRuntimeException) failure));
    return context == null
        ? answer
        : answer.emitOn(task -> context.runOnContext(ignored -> task.run()));
  }

  private static DomainException refusal(StatusRuntimeException failure) {
    return RemoteErrors.refusal(failure)
        .orElseGet(
            () -> {
              LOG.warnf("another service did not answer: %s", failure.getStatus());
              return new DomainException(
                  Kind.UNAVAILABLE, UPSTREAM_UNAVAILABLE, "a part of the platform did not answer");
            });
  }
}
