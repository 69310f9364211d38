package io.siyu.mall.bench;

/** How an import goes: when how much of it was done, in nanoseconds after the orders appeared. */
final class CpsProgress {

  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private final long count;
  private final long patienceNanos;
  private long done = -1;
  private long moved;
  private long half;
  private long nearlyAll;
  private long synced;
  private long posted;

  /**
   * @param count of orders to come
   * @param patienceNanos how long it may stand still
   */
  CpsProgress(long count, long patienceNanos) {
    this.count = count;
    this.patienceNanos = patienceNanos;
  }

  /**
   * What was seen at a time.
   *
   * @param orders that the sync has brought in
   * @param booked of them in the ledger
   */
  void seen(long nanos, long orders, long booked) {
    if (orders + booked > done) {
      done = orders + booked;
      moved = nanos;
    }
    synced = synced == 0 && orders >= count ? nanos : synced;
    half = half == 0 && 2 * booked >= count ? nanos : half;
    nearlyAll = nearlyAll == 0 && 100 * booked >= 99 * count ? nanos : nearlyAll;
    posted = posted == 0 && booked >= count ? nanos : posted;
  }

  boolean isSynced() {
    return synced > 0;
  }

  boolean isPosted() {
    return posted > 0;
  }

  /** Whether nothing has moved for longer than is waited for. */
  boolean standsStillAt(long nanos) {
    return !isPosted() && nanos - moved > patienceNanos;
  }

  double halfMillis() {
    return half / NANOS_PER_MILLI;
  }

  double nearlyAllMillis() {
    return nearlyAll / NANOS_PER_MILLI;
  }

  double syncedSeconds() {
    return synced / NANOS;
  }

  double postedSeconds() {
    return posted / NANOS;
  }

  long postedNanos() {
    return posted;
  }
}
