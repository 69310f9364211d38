package io.siyu.mall.bench;

import java.util.ArrayList;
import java.util.List;

/** What the turns of an import and its floor come to together. */
final class CpsRounds {

  private final Measured platform = new Measured();
  private final Measured floor = new Measured();
  private final List<Long> rates = new ArrayList<>();
  private final List<Long> floors = new ArrayList<>();
  private long orders;
  private long statements;
  private double synced;
  private double half;
  private double nearlyAll;

  /**
   * One more turn of both, over so many orders.
   *
   * @param executed statements that the server executed meanwhile, for anybody
   */
  void add(long share, CpsProgress imported, long executed, Measured plain) {
    orders += share;
    statements += executed;
    synced += imported.syncedSeconds();
    half = Math.max(half, imported.halfMillis());
    nearlyAll = Math.max(nearlyAll, imported.nearlyAllMillis());
    platform.took(imported.postedNanos());
    floor.add(plain);
    floor.took(plain.nanos());
    rates.add(Math.round(share / imported.postedSeconds()));
    floors.add(Math.round(share / plain.seconds()));
  }

  double rate() {
    return orders / platform.seconds();
  }

  double floorRate() {
    return orders / floor.seconds();
  }

  /** Half and nearly all are the slowest round's. */
  Result result(int rowsPerStatement) {
    return new Result("cps", platform, floor)
        .put("rate", rate())
        .put("floor", floorRate())
        .put("ratio", rate() / floorRate())
        .put("p50Ms", half)
        .put("p99Ms", nearlyAll)
        .put("orders", orders)
        .put("rowsPerStatement", rowsPerStatement)
        .put("statementsPer100Orders", 100.0 * statements / orders)
        .put("syncedPerSecond", orders / synced)
        .put("postedPerSecond", rate())
        .put("importSeconds", platform.seconds())
        .put("rates", rates)
        .put("floors", floors);
  }
}
