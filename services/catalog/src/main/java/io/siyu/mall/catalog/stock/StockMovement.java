package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.id.Ids;
import java.time.Instant;
import java.util.UUID;

/**
 * One line in the book of stock.
 *
 * @param quantity pieces; negative only for a SUPPLY that takes away
 * @param orderId null where no order is behind it
 * @param by who moved them, as {@code Caller.key()}
 */
public record StockMovement(
    UUID id,
    UUID skuId,
    MovementKind kind,
    long quantity,
    UUID orderId,
    String reason,
    String by,
    Instant at) {

  /** Pieces that come in, or go when negative. */
  public static StockMovement supply(
      UUID skuId, long quantity, String reason, String by, Instant at) {
    return new StockMovement(
        Ids.next(), skuId, MovementKind.SUPPLY, quantity, null, reason, by, at);
  }

  /** Pieces that an order moves. */
  public static StockMovement ofOrder(
      UUID orderId, UUID skuId, MovementKind kind, long quantity, String by, Instant at) {
    return new StockMovement(Ids.next(), skuId, kind, quantity, orderId, "", by, at);
  }

  /** What it adds to the SKU's level. */
  public StockLevel effect() {
    return kind.of(quantity);
  }
}
