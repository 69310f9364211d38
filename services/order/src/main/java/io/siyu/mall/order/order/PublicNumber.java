package io.siyu.mall.order.order;

import io.siyu.mall.platform.time.BusinessTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * Numbers that people read out on the phone: the business day as yyMMdd, then twelve digits by
 * chance, so that a number tells nothing about how many there are.
 */
public final class PublicNumber {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long SPACE = 1_000_000_000_000L;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");

  private PublicNumber() {}

  /** Eighteen digits. A unique key guards against the rare repetition. */
  public static String next(Instant now) {
    return DAY.format(now.atZone(BusinessTime.ZONE))
        + String.format("%012d", RANDOM.nextLong(SPACE));
  }
}
