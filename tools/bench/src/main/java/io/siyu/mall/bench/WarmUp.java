package io.siyu.mall.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * Load before anything is measured, until it no longer makes the platform faster: a service that
 * has just started is still being compiled, and on a small machine the compilers take the
 * processors from the work for a minute.
 *
 * @param seconds how long it took
 * @param steady false when the time was over before the rate stopped growing
 */
record WarmUp(double seconds, boolean steady) {

  private static final Duration WINDOW = Duration.ofSeconds(5);

  /** Windows in a row that bring no more than the best one before. */
  private static final int ENOUGH = 2;

  private static final double GROWTH = 1.05;

  /** Some of the load. */
  @FunctionalInterface
  interface Turn {
    void run(Duration time, Measured into) throws IOException;
  }

  /**
   * Warms up.
   *
   * @throws IOException when nothing at all was answered as wanted
   */
  static WarmUp of(Turn load, Duration least, Duration most) throws IOException {
    double best = 0;
    double seconds = 0;
    int steady = 0;
    while (seconds < most.toSeconds() && (steady < ENOUGH || seconds < least.toSeconds())) {
      Measured window = new Measured();
      load.run(WINDOW, window);
      if (window.count() == 0) {
        throw new IOException("nothing was answered: " + window.firstError());
      }
      steady = window.rate() > best * GROWTH ? 0 : steady + 1;
      best = Math.max(best, window.rate());
      seconds += window.seconds();
    }
    return new WarmUp(seconds, steady >= ENOUGH);
  }
}
