package io.siyu.mall.catalog.stock;

/**
 * What can happen to pieces, and what one piece of it does to the four numbers of a level. Every
 * kind keeps {@code available + held + sold = supplied}.
 */
public enum MovementKind {
  /** Pieces come in (or, negative, are taken away). */
  SUPPLY(1, 1, 0, 0),
  /** Held for an order. */
  HOLD(0, -1, 1, 0),
  /** Sold: the order is paid. */
  COMMIT(0, 0, -1, 1),
  /** Given back by the order. */
  RELEASE(0, 1, -1, 0),
  /** Given back because no order followed in time. */
  EXPIRE(0, 1, -1, 0),
  /** Came back with a refund and can be sold again. */
  RESTOCK(0, 1, 0, -1);

  private final int supplied;
  private final int available;
  private final int held;
  private final int sold;

  MovementKind(int supplied, int available, int held, int sold) {
    this.supplied = supplied;
    this.available = available;
    this.held = held;
    this.sold = sold;
  }

  /** What so many pieces of it add to a level. */
  public StockLevel of(long quantity) {
    return new StockLevel(
        supplied * quantity, available * quantity, held * quantity, sold * quantity);
  }
}
