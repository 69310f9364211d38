package io.siyu.mall.e2e;

/** Fen for the eye. */
final class Yuan {
  private Yuan() {}

  /** For example {@code ¥12.30}. */
  static String of(long fen) {
    return (fen < 0 ? "-" : "")
        + "¥"
        + Math.abs(fen) / 100
        + String.format(".%02d", Math.abs(fen) % 100);
  }
}
