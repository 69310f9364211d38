package io.siyu.mall.e2e;

import java.util.List;

/**
 * How the story ended; written as the last line of {@code ./mall demo --json}.
 *
 * @param ok every step went as told and no identity is broken
 * @param orders orders placed
 * @param paidFen paid by the shopper, fen
 * @param refundedFen refunded to the shopper, fen
 * @param commissions a row per distributor, level and source
 * @param ledgerDifferenceFen differences found in money, fen
 * @param stockDifference differences found in stock, pieces
 * @param seconds how long it took
 */
public record StoryResult(
    boolean ok,
    int orders,
    long paidFen,
    long refundedFen,
    List<CommissionRow> commissions,
    long ledgerDifferenceFen,
    long stockDifference,
    double seconds) {

  /**
   * What one distributor has from one source at one level, all in fen.
   *
   * @param distributor name
   * @param level DIRECT or UPLINE
   * @param source OWN, or CPS for orders of outside platforms
   * @param earnedFen commission of the order lines
   * @param reversedFen taken back by refunds
   * @param availableFen can be withdrawn; of outside orders, by how much it grew after older debt
   * @param paidFen arrived at the distributor
   * @param taxFen withheld
   * @param debtFen owed, netted from later earnings
   */
  public record CommissionRow(
      String distributor,
      String level,
      String source,
      long earnedFen,
      long reversedFen,
      long availableFen,
      long paidFen,
      long taxFen,
      long debtFen) {}
}
