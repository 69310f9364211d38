package io.siyu.mall.cps.statement;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.time.BusinessTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;

/**
 * Ours against theirs: what was settled in a month at a platform, and taken back in it.
 *
 * @param startedBy {@code SCHEDULE}, or who asked for it last
 * @param endedAt null while it is not made
 */
public record Statement(
    Platform platform,
    YearMonth month,
    StatementState state,
    Side ours,
    Side theirs,
    long differences,
    String startedBy,
    String error,
    Instant startedAt,
    Instant endedAt) {

  /**
   * One side.
   *
   * @param settled commission after fees, of the orders
   * @param fees what the platform kept of it
   */
  public record Side(long orders, Money settled, Money fees, long clawbacks, Money clawedBack) {
    public static final Side NONE = new Side(0, Money.ZERO, Money.ZERO, 0, Money.ZERO);
  }

  /** A statement that is to be made. */
  static Statement queued(Platform platform, YearMonth month, String by, Instant at) {
    return new Statement(
        platform, month, StatementState.QUEUED, Side.NONE, Side.NONE, 0, by, "", at, null);
  }

  /** The same one to be made again; what it says holds until then. */
  Statement again(String by, Instant at) {
    StatementState.TABLE.check(state, StatementState.QUEUED);
    return new Statement(
        platform, month, StatementState.QUEUED, ours, theirs, differences, by, "", at, endedAt);
  }

  /** Whether it is still to be made. */
  boolean isOpen() {
    return state == StatementState.QUEUED || state == StatementState.RUNNING;
  }

  /** The id: follows from platform and month. */
  public UUID id() {
    return id(platform, month);
  }

  static UUID id(Platform platform, YearMonth month) {
    return UUID.nameUUIDFromBytes(
        ("statement\n" + platform + "\n" + month).getBytes(StandardCharsets.UTF_8));
  }

  /** The first instant of the month. */
  static Instant from(YearMonth month) {
    return BusinessTime.start(month.atDay(1));
  }

  /** The first instant after it. */
  static Instant until(YearMonth month) {
    return from(month.plusMonths(1));
  }
}
