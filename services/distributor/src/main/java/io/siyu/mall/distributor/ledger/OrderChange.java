package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What the order service told about an order. */
public sealed interface OrderChange {

  UUID orderId();

  /** When it happened, in business time. */
  Instant at();

  /** The event's name in the journal; the same event of the same line is booked once. */
  String event();

  /** The order was paid. */
  record Paid(
      UUID orderId,
      String orderNo,
      UUID memberId,
      UUID brandId,
      String brandCode,
      Instant placedAt,
      Instant at,
      Map<UUID, LineFacts.Sale> lines)
      implements OrderChange {
    @Override
    public String event() {
      return "PAID";
    }
  }

  /**
   * The goods arrived.
   *
   * @param windowUntil until when they can be returned
   */
  record Received(UUID orderId, Instant at, Instant windowUntil) implements OrderChange {
    @Override
    public String event() {
      return "RECEIVED";
    }
  }

  /** The after-sale window is over and no case is open. */
  record Completed(UUID orderId, Instant at) implements OrderChange {
    @Override
    public String event() {
      return "COMPLETED";
    }
  }

  /** Every line was refunded; the refunds say the rest. */
  record Closed(UUID orderId, Instant at) implements OrderChange {
    @Override
    public String event() {
      return "CLOSED";
    }
  }

  /** Units were refunded; the totals are over the line. */
  record Refunded(
      UUID orderId,
      UUID lineId,
      String refundId,
      long quantity,
      Money amount,
      long quantityTotal,
      Money amountTotal,
      Instant at)
      implements OrderChange {
    @Override
    public String event() {
      return "REFUNDED:" + refundId;
    }
  }

  /** A case holds the line. */
  record CaseOpened(UUID orderId, UUID lineId, UUID caseId, Instant at) implements OrderChange {
    @Override
    public String event() {
      return "CASE_OPENED:" + caseId;
    }
  }

  /** A case holds the line no longer. */
  record CaseEnded(UUID orderId, UUID lineId, UUID caseId, Instant at) implements OrderChange {
    @Override
    public String event() {
      return "CASE_ENDED:" + caseId;
    }
  }
}
