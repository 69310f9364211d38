package io.siyu.mall.catalog.stock;

import java.util.Map;
import java.util.UUID;

/**
 * What the order service says about one order's pieces.
 *
 * @param orderState as the order service names it
 * @param quantities pieces by SKU, all lines together
 * @param restocked pieces of them that came back and can be sold again
 */
public record OrderStock(
    UUID orderId, String orderState, Map<UUID, Long> quantities, Map<UUID, Long> restocked) {

  /** The state that the reservation of such an order must have. */
  public ReservationState expectedState() {
    return switch (orderState) {
      case "PENDING_PAYMENT" -> ReservationState.HELD;
      case "CANCELLED" -> ReservationState.RELEASED;
      default -> ReservationState.COMMITTED;
    };
  }
}
