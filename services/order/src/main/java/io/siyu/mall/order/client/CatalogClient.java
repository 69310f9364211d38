package io.siyu.mall.order.client;

import io.siyu.mall.platform.money.Money;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What this service asks of the catalogue. Refusals come through as they were made there. */
public interface CatalogClient {

  /** What a checkout has to know of SKUs: one answer per id, in the same order. */
  Uni<List<Quote>> quote(List<UUID> skuIds);

  /**
   * Holds pieces for an order, all or none; the same again is the same reservation.
   *
   * @param quantities pieces by SKU
   * @return fails with OUT_OF_STOCK, or RESERVATION_ENDED when the order's pieces were given back
   */
  Uni<Void> reserve(UUID requestId, UUID orderId, Map<UUID, Long> quantities, Duration hold);

  /** Gives an order's pieces back; the same again changes nothing. */
  Uni<Void> release(UUID requestId, UUID orderId);

  /**
   * A SKU as it is sold now.
   *
   * @param available pieces for sale, as of a moment ago
   * @param notSellableReason empty when it is sellable
   */
  record Quote(
      UUID skuId,
      UUID productId,
      UUID brandId,
      String brandCode,
      String brandName,
      List<String> categoryIds,
      String title,
      String specText,
      String coverUrl,
      Money price,
      int afterSaleDays,
      long available,
      boolean sellable,
      String notSellableReason) {}
}
