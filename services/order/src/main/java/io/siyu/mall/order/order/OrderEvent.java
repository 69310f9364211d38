package io.siyu.mall.order.order;

import io.siyu.mall.order.fulfilment.Label;
import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.UUID;

/** What happened to an order. Each is told to people by the timeline, some to other services. */
public sealed interface OrderEvent {

  Instant at();

  Actor by();

  record Placed(Instant at, Actor by) implements OrderEvent {}

  record Paid(Instant at, Actor by) implements OrderEvent {}

  record Cancelled(String reason, Instant at, Actor by) implements OrderEvent {}

  /**
   * @param whole whether nothing is left to ship
   */
  record ParcelShipped(Label label, boolean whole, Instant at, Actor by) implements OrderEvent {}

  record ParcelCorrected(Label before, Label after, String reason, Instant at, Actor by)
      implements OrderEvent {}

  /**
   * @param hint where to, without personal data
   * @param reason empty where the member asked for it
   */
  record AddressChanged(String hint, String reason, Instant at, Actor by) implements OrderEvent {}

  record Received(Instant afterSaleUntil, Instant at, Actor by) implements OrderEvent {}

  record Completed(Money netPaid, Instant at, Actor by) implements OrderEvent {}

  record CaseOpened(UUID caseId, UUID lineId, long quantity, Instant at, Actor by)
      implements OrderEvent {}

  record CaseEnded(UUID caseId, UUID lineId, Instant at, Actor by) implements OrderEvent {}

  /**
   * Totals are of the line, this refund included.
   *
   * @param restocked units of this refund that can be sold again
   * @param afterCompletion whether the order had been completed before
   */
  record LineRefunded(
      UUID refundId,
      UUID lineId,
      UUID skuId,
      long quantity,
      Money amount,
      long restocked,
      long totalQuantity,
      Money totalAmount,
      long lineQuantity,
      Money linePaid,
      boolean afterCompletion,
      Instant at,
      Actor by)
      implements OrderEvent {}

  record Closed(Instant at, Actor by) implements OrderEvent {}
}
