package io.siyu.mall.local.cli;

import io.siyu.mall.local.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints each step on a line of its own with the time it took. */
final class Steps implements Progress {

  private final PrintStream out;

  Steps(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void doing(String what) {
    out.println("  … " + what);
    out.flush();
  }

  @Override
  public synchronized void done(String what, String result, Duration took) {
    out.println(String.format("  ✓ %-13s %-46s %8s", what, result, seconds(took)));
    out.flush();
  }

  /** A duration as people read it. */
  static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }
}
