package io.siyu.mall.sandbox.platform;

import io.siyu.mall.sandbox.control.Misbehaviours;
import io.siyu.mall.sandbox.state.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What the platforms share.
 *
 * @param timeScale what their waiting times are multiplied with
 * @param settlement how long they take to carry out a refund or a transfer; not scaled
 */
public record World(
    Credentials credentials,
    Clock clock,
    double timeScale,
    Duration settlement,
    Store store,
    Misbehaviours misbehaviours,
    ScheduledExecutorService timer) {
  private static final System.Logger LOG = System.getLogger(World.class.getName());

  /** A waiting time of the real platform at this world's speed. */
  public Duration scaled(Duration real) {
    return Duration.ofMillis(Math.round(real.toMillis() * timeScale));
  }

  /** Does the task after the time; not at all if the sandbox has been closed by then. */
  public void later(long millis, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a task of the sandbox failed", e);
          }
        };
    try {
      timer.schedule(guarded, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "closed; what is pending goes on at the next start");
    }
  }
}
