package io.siyu.mall.platform.time;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/** Days, months and years of the business: Asia/Shanghai, whatever the machine says. */
public final class BusinessTime {

  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private BusinessTime() {}

  /** The business day that the clock is in. */
  public static LocalDate today(Clock clock) {
    return day(clock.instant());
  }

  /** The business day of an instant. */
  public static LocalDate day(Instant instant) {
    return instant.atZone(ZONE).toLocalDate();
  }

  /** The business month of an instant. */
  public static YearMonth month(Instant instant) {
    return YearMonth.from(instant.atZone(ZONE));
  }

  /** The first instant of a business day. */
  public static Instant start(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }

  /** The first instant after a business day. */
  public static Instant end(LocalDate day) {
    return start(day.plusDays(1));
  }
}
