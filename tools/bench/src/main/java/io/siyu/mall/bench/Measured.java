package io.siyu.mall.bench;

import org.HdrHistogram.Histogram;

/** What a load brought, added up over its turns. */
final class Measured {

  private static final double NANOS = 1e9;
  private static final double MICROS_PER_MILLI = 1e3;
  private static final long MAX_MICROS = 60_000_000;
  private static final int DIGITS = 3;

  private final Histogram micros = new Histogram(MAX_MICROS, DIGITS);
  private long errors;
  private long nanos;
  private String firstError = "";

  /** One answer as wanted. */
  void answered(long latencyNanos) {
    micros.recordValue(Math.min(MAX_MICROS, latencyNanos / 1_000));
  }

  /** One answer that is none. */
  void failed(String why) {
    if (errors++ == 0) {
      firstError = why;
    }
  }

  /** A turn took so long. */
  void took(long turnNanos) {
    nanos += turnNanos;
  }

  /** Takes another one's answers in, not its time. */
  synchronized void add(Measured other) {
    micros.add(other.micros);
    if (errors == 0) {
      firstError = other.firstError;
    }
    errors += other.errors;
  }

  /** Answers as wanted. */
  long count() {
    return micros.getTotalCount();
  }

  long errors() {
    return errors;
  }

  /** What the first failure was, or empty. */
  String firstError() {
    return firstError;
  }

  /** The time of all turns. */
  long nanos() {
    return nanos;
  }

  double seconds() {
    return nanos / NANOS;
  }

  /** Answers as wanted per second. */
  double rate() {
    return nanos == 0 ? 0 : count() / seconds();
  }

  double millisAt(double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }
}
