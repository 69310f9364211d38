package io.siyu.mall.local.process;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process: asks first, forces after a grace period, returns when it is gone. */
public final class Termination {

  private static final Duration FORCED = Duration.ofSeconds(10);

  private Termination() {}

  /**
   * Ends a process.
   *
   * @param grace how long it may take to end by itself after SIGTERM
   */
  public static void end(long pid, Duration grace) {
    ProcessHandle.of(pid)
        .ifPresent(
            process -> {
              process.destroy();
              if (!awaitEnd(process, grace)) {
                process.destroyForcibly();
                awaitEnd(process, FORCED);
              }
            });
  }

  private static boolean awaitEnd(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return !Os.alive(process.pid());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
