package io.siyu.mall.catalog.stock;

/**
 * The pieces of one SKU, or a difference of two levels. {@code available + held + sold = supplied}
 * always; a level (not a difference) has nothing below zero.
 */
public record StockLevel(long supplied, long available, long held, long sold) {

  /** Nothing was ever supplied. */
  public static final StockLevel NONE = new StockLevel(0, 0, 0, 0);

  public StockLevel {
    if (available + held + sold != supplied) {
      throw new IllegalArgumentException(
          available + " available + " + held + " held + " + sold + " sold is not " + supplied);
    }
  }

  /** Both together. */
  public StockLevel plus(StockLevel other) {
    return new StockLevel(
        Math.addExact(supplied, other.supplied),
        Math.addExact(available, other.available),
        Math.addExact(held, other.held),
        Math.addExact(sold, other.sold));
  }

  /** Whether it can be a level. */
  public boolean isPossible() {
    return supplied >= 0 && available >= 0 && held >= 0 && sold >= 0;
  }
}
