package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.attribution.Attribution;
import io.siyu.mall.platform.money.Money;
import java.util.UUID;

/**
 * What is known of an order line.
 *
 * @param sale null until the payment is known
 * @param refundedQuantity units refunded so far
 * @param refunded money refunded so far
 */
public record LineFacts(UUID lineId, Sale sale, long refundedQuantity, Money refunded) {

  /** A line that nothing is known of. */
  static LineFacts unknown(UUID lineId) {
    return new LineFacts(lineId, null, 0, Money.ZERO);
  }

  /**
   * What was bought.
   *
   * @param base what was paid for the line, without freight
   */
  public record Sale(
      String skuId,
      String productId,
      String title,
      long quantity,
      Money base,
      Attribution attribution) {}

  LineFacts sold(Sale sold) {
    return new LineFacts(lineId, sold, refundedQuantity, refunded);
  }

  /** The sums only grow, so the newest event says it all, whenever it arrives. */
  LineFacts refundedUpTo(long quantity, Money amount) {
    return new LineFacts(lineId, sale, Math.max(refundedQuantity, quantity), refunded.max(amount));
  }
}
