package io.siyu.mall.cps.affiliate;

import io.github.bucket4j.Bucket;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Stands before one platform, so that its trouble stays its own: no more calls than it takes, a
 * deadline on each, another try after a pause that grows and varies, and none at all for a while
 * when it does not answer.
 *
 * @param <T> what the platform answers
 */
public final class Guard<T> {

  private static final int RETRIES = 4;
  private static final int BREAKER_VOLUME = 10;
  private static final long MAX_PAUSE_SECONDS = 10;

  private final Bucket bucket;
  private final TypedGuard<Uni<T>> guard;

  /**
   * @param type of the calls
   * @param deadline of one attempt
   * @param pause before the second attempt; doubles from there
   * @param open how long a platform that does not answer is left alone
   */
  public Guard(
      TypeLiteral<Uni<T>> type,
      long callsPerSecond,
      Duration deadline,
      Duration pause,
      Duration open) {
    bucket =
        Bucket.builder()
            .addLimit(
                limit -> limit.capacity(callsPerSecond).refillGreedy(callsPerSecond, second()))
            .build();
    guard =
        TypedGuard.create(type)
            .withCircuitBreaker()
            .requestVolumeThreshold(BREAKER_VOLUME)
            .delay(open.toMillis(), ChronoUnit.MILLIS)
            .when(Guard::isDown)
            .done()
            .withRetry()
            .maxRetries(RETRIES)
            .delay(pause.toMillis(), ChronoUnit.MILLIS)
            .jitter(pause.toMillis() / 2, ChronoUnit.MILLIS)
            .whenException(Guard::canBeTriedAgain)
            .withExponentialBackoff()
            .maxDelay(MAX_PAUSE_SECONDS, ChronoUnit.SECONDS)
            .done()
            .done()
            .withTimeout()
            .duration(deadline.toMillis(), ChronoUnit.MILLIS)
            .done()
            .build();
  }

  /** Makes the call, when its turn comes; fails with {@link PlatformException} alone. */
  public Uni<T> call(Supplier<Uni<T>> call) {
    return Jobs.comeBack(
        inTurn(() -> Uni.createFrom().<T>deferred(() -> guard.get(() -> call.get())))
            .onFailure(failure -> !(failure instanceof PlatformException))
            .transform(Guard::unavailable));
  }

  private Uni<T> inTurn(Supplier<Uni<T>> call) {
    return Uni.createFrom()
        .<T>deferred(
            () -> {
              long nanos = bucket.consumeIgnoringRateLimits(1);
              Uni<T> work = Uni.createFrom().<T>deferred(() -> call.get());
              return nanos <= 0
                  ? work
                  : Uni.createFrom()
                      .voidItem()
                      .onItem()
                      .delayIt()
                      .by(Duration.ofNanos(Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1))))
                      .chain(() -> work);
            });
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
  }

  private static boolean isDown(Throwable failure) {
    return !(failure instanceof PlatformException known)
        || known.kind() == PlatformException.Kind.UNAVAILABLE;
  }

  private static boolean canBeTriedAgain(Throwable failure) {
    return failure instanceof PlatformException known
        ? known.canBeTriedAgain()
        : !(failure instanceof CircuitBreakerOpenException);
  }

  private static PlatformException unavailable(Throwable failure) {
    String code =
        failure instanceof CircuitBreakerOpenException
            ? "CIRCUIT_OPEN"
            : failure instanceof TimeoutException ? "TIMEOUT" : "NO_ANSWER";
    return new PlatformException(
        PlatformException.Kind.UNAVAILABLE, code, String.valueOf(failure.getMessage()));
  }
}
