package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.error.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Somebody wants pieces held for an order: all lines or none.
 *
 * @param holder who asks, as {@code Caller.key()}
 * @param quantities pieces by SKU, more than 0; two lines of the same SKU have become one
 */
public record ReservationRequest(
    UUID orderId, String holder, Map<UUID, Long> quantities, Instant heldAt, Instant expiresAt) {

  static final int MAX_LINES = 100;
  static final long MAX_QUANTITY = 99_999;

  /** No SKU is supplied with more pieces at once. */
  static final long MAX_SUPPLY = 100_000_000;

  static final Duration DEFAULT_HOLD = Duration.ofMinutes(15);
  static final Duration MAX_HOLD = Duration.ofHours(24);

  /**
   * A request for the lines.
   *
   * @param hold how long the pieces are held when no order follows; zero for the default
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT with every field that is
   *     wrong
   */
  public static ReservationRequest of(
      UUID orderId, String holder, List<Reservation.Line> lines, Duration hold, Instant now) {
    Validation validation =
        Validation.start()
            .require(
                !lines.isEmpty() && lines.size() <= MAX_LINES, "lines", "must be 1 to " + MAX_LINES)
            .require(
                !hold.isNegative() && hold.compareTo(MAX_HOLD) <= 0,
                "hold",
                "must be at most " + MAX_HOLD);
    Map<UUID, Long> quantities = new TreeMap<>(Comparator.comparing(UUID::toString));
    for (int i = 0; i < lines.size(); i++) {
      long quantity = lines.get(i).quantity();
      validation.range("lines[" + i + "].quantity", quantity, 1, MAX_QUANTITY);
      quantities.merge(lines.get(i).skuId(), quantity, Long::sum);
    }
    validation.check();
    return new ReservationRequest(
        orderId, holder, quantities, now, now.plus(hold.isZero() ? DEFAULT_HOLD : hold));
  }

  /** What is held when it is granted. */
  public Reservation granted() {
    return new Reservation(
        orderId,
        ReservationState.HELD,
        holder,
        quantities.entrySet().stream()
            .map(e -> new Reservation.Line(e.getKey(), e.getValue(), 0))
            .toList(),
        heldAt,
        expiresAt);
  }

  /** The movements of stock that granting it makes. */
  public List<StockMovement> holds() {
    return quantities.entrySet().stream()
        .map(
            e ->
                StockMovement.ofOrder(
                    orderId, e.getKey(), MovementKind.HOLD, e.getValue(), holder, heldAt))
        .toList();
  }
}
