package io.siyu.mall.cps.attribution;

import io.siyu.mall.platform.time.BusinessTime;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;

/** What a distributor had settled in a month; by it the orders of the next one are shared. */
public record Standing(UUID distributorId, YearMonth month) {

  /** The one that counts for an order that was made then. */
  public static Standing of(UUID distributorId, Instant orderMade) {
    return new Standing(distributorId, BusinessTime.month(orderMade).minusMonths(1));
  }
}
