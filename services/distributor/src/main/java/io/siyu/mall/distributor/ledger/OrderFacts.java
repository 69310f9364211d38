package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.error.DomainException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * All that is known of an order. {@link #with} takes events in any order and any number of times
 * and ends in the same facts: what is told once is kept, sums only grow, and of two times the
 * earlier one stays. What the ledger books is derived from the facts alone, so it ends the same
 * too.
 *
 * @param header null until the payment is known
 */
public record OrderFacts(
    UUID orderId,
    Header header,
    Instant receivedAt,
    Instant windowUntil,
    Instant completedAt,
    Instant closedAt,
    Map<UUID, LineFacts> lines,
    Map<UUID, CaseFacts> cases) {

  public static final String CONFLICT = "ORDER_FACTS_CONFLICT";

  public OrderFacts {
    lines = Map.copyOf(lines);
    cases = Map.copyOf(cases);
  }

  /** What came with the payment. */
  public record Header(
      String orderNo,
      UUID memberId,
      UUID brandId,
      String brandCode,
      Instant placedAt,
      Instant paidAt) {}

  /** An order that nothing is known of. */
  public static OrderFacts unknown(UUID orderId) {
    return new OrderFacts(orderId, null, null, null, null, null, Map.of(), Map.of());
  }

  /**
   * The facts with one more event.
   *
   * @throws DomainException {@value #CONFLICT} when a second payment says something else than the
   *     first; nothing may be booked then
   */
  public OrderFacts with(OrderChange change) {
    if (!orderId.equals(change.orderId())) {
      throw new IllegalArgumentException("an event of another order");
    }
    if (change instanceof OrderChange.Paid paid) {
      return paid(paid);
    }
    if (change instanceof OrderChange.Received received) {
      return times(
          earlier(receivedAt, received.at()),
          earlier(windowUntil, received.windowUntil()),
          completedAt,
          closedAt);
    }
    if (change instanceof OrderChange.Completed completed) {
      return times(receivedAt, windowUntil, earlier(completedAt, completed.at()), closedAt);
    }
    if (change instanceof OrderChange.Closed closed) {
      return times(receivedAt, windowUntil, completedAt, earlier(closedAt, closed.at()));
    }
    if (change instanceof OrderChange.Refunded refunded) {
      return line(
          lineOf(refunded.lineId()).refundedUpTo(refunded.quantityTotal(), refunded.amountTotal()));
    }
    if (change instanceof OrderChange.CaseOpened opened) {
      CaseFacts known = caseOf(opened.caseId(), opened.lineId());
      return held(
          new CaseFacts(
              known.caseId(),
              known.lineId(),
              earlier(known.openedAt(), opened.at()),
              known.endedAt()));
    }
    OrderChange.CaseEnded ended = (OrderChange.CaseEnded) change;
    CaseFacts known = caseOf(ended.caseId(), ended.lineId());
    return held(
        new CaseFacts(
            known.caseId(),
            known.lineId(),
            known.openedAt(),
            earlier(known.endedAt(), ended.at())));
  }

  /** Whether a case holds the line's commission back. */
  public boolean paused(UUID lineId) {
    return cases.values().stream()
        .anyMatch(known -> known.lineId().equals(lineId) && known.pauses(completedAt));
  }

  private OrderFacts paid(OrderChange.Paid paid) {
    Header told =
        new Header(
            paid.orderNo(),
            paid.memberId(),
            paid.brandId(),
            paid.brandCode(),
            paid.placedAt(),
            paid.at());
    if (header != null && !header.equals(told)) {
      throw conflict();
    }
    Map<UUID, LineFacts> all = new TreeMap<>(lines);
    paid.lines()
        .forEach(
            (lineId, sale) -> {
              LineFacts known = lineOf(lineId);
              if (known.sale() != null && !known.sale().equals(sale)) {
                throw conflict();
              }
              all.put(lineId, known.sold(sale));
            });
    return new OrderFacts(
        orderId, told, receivedAt, windowUntil, completedAt, closedAt, all, cases);
  }

  private DomainException conflict() {
    return DomainException.precondition(
            CONFLICT, "the order was paid before, with other amounts or another attribution")
        .with("order_id", orderId);
  }

  private LineFacts lineOf(UUID lineId) {
    LineFacts known = lines.get(lineId);
    return known == null ? LineFacts.unknown(lineId) : known;
  }

  private CaseFacts caseOf(UUID caseId, UUID lineId) {
    CaseFacts known = cases.get(caseId);
    return known == null ? new CaseFacts(caseId, lineId, null, null) : known;
  }

  private OrderFacts line(LineFacts line) {
    Map<UUID, LineFacts> all = new TreeMap<>(lines);
    all.put(line.lineId(), line);
    return new OrderFacts(
        orderId, header, receivedAt, windowUntil, completedAt, closedAt, all, cases);
  }

  private OrderFacts held(CaseFacts held) {
    Map<UUID, CaseFacts> all = new TreeMap<>(cases);
    all.put(held.caseId(), held);
    return new OrderFacts(
        orderId, header, receivedAt, windowUntil, completedAt, closedAt, lines, all);
  }

  private OrderFacts times(Instant received, Instant window, Instant completed, Instant closed) {
    return new OrderFacts(orderId, header, received, window, completed, closed, lines, cases);
  }

  private static Instant earlier(Instant known, Instant told) {
    if (known == null || told == null) {
      return known == null ? told : known;
    }
    return told.isBefore(known) ? told : known;
  }
}
