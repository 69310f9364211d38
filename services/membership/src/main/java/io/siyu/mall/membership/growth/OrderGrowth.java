package io.siyu.mall.membership.growth;

/**
 * What one order has brought: the whole yuan of what stays paid. It is always counted from the
 * totals, so that many small refunds take away exactly what one big refund would.
 */
public final class OrderGrowth {

  /** What a point of growth costs, in fen. */
  public static final long FEN_PER_POINT = 100;

  private boolean completed;
  private long netFen;
  private long refundedFen;

  /** The growth that an order of these totals is worth, in points. */
  public static long worth(long netFen, long refundedFen) {
    return Math.max(0, Math.floorDiv(netFen - refundedFen, FEN_PER_POINT));
  }

  /** Takes the fact in and returns by how much the order's worth changes. */
  long apply(GrowthFact fact) {
    long before = worth();
    switch (fact.source()) {
      case ORDER_COMPLETED -> {
        completed = true;
        netFen = fact.amount().minor();
      }
      case LINE_REFUNDED -> refundedFen += fact.amount().minor();
    }
    return worth() - before;
  }

  private long worth() {
    return completed ? worth(netFen, refundedFen) : 0;
  }
}
