package io.siyu.mall.e2e;

import java.io.PrintStream;

/** Tells on the terminal what happens, with the seconds since the beginning. */
public final class Narrator {
  private final PrintStream out;
  private final long begun = System.nanoTime();

  /**
   * @param out where to tell it
   */
  public Narrator(PrintStream out) {
    this.out = out;
  }

  /** Begins a chapter. */
  void chapter(int number, String title) {
    out.printf("%n%5.1fs  %d  %s%n", seconds(), number, title);
  }

  /** Tells one thing that happened. */
  void tell(String format, Object... arguments) {
    out.printf("%5.1fs       %s%n", seconds(), String.format(format, arguments));
  }

  /** A line as it is. */
  void line(String text) {
    out.println(text);
  }

  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }
}
