package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Decides over requests that arrived together, first come first served: who gets all of its lines
 * and who is refused. Knows nothing of the database; whoever uses it holds the locks on the levels.
 */
public final class ReservationGroup {

  public static final String OUT_OF_STOCK = "OUT_OF_STOCK";
  public static final String SKU_UNKNOWN = "SKU_UNKNOWN";
  public static final String RESERVATION_DIFFERS = "RESERVATION_DIFFERS";
  public static final String RESERVATION_ENDED = "RESERVATION_ENDED";

  private final Map<UUID, Reservation> reservations;
  private final Map<UUID, StockLevel> levels;
  private final List<ReservationRequest> granted = new ArrayList<>();

  /**
   * @param existing reservations that there are already, by order
   * @param levels of every SKU that the requests name; one that is missing is unknown
   */
  public ReservationGroup(Map<UUID, Reservation> existing, Map<UUID, StockLevel> levels) {
    this.reservations = new HashMap<>(existing);
    this.levels = new HashMap<>(levels);
  }

  /**
   * The answer to one request.
   *
   * @throws DomainException FAILED_PRECONDITION OUT_OF_STOCK naming the SKUs in {@code sku_ids};
   *     NOT_FOUND SKU_UNKNOWN; ALREADY_EXISTS RESERVATION_DIFFERS when the order holds something
   *     else; FAILED_PRECONDITION RESERVATION_ENDED when the order's pieces were given back
   */
  public Reservation decide(ReservationRequest request) {
    Reservation before = reservations.get(request.orderId());
    if (before != null) {
      return repeated(before, request);
    }
    refuse(request, SKU_UNKNOWN, Kind.NOT_FOUND, "unknown", null);
    refuse(request, OUT_OF_STOCK, Kind.FAILED_PRECONDITION, "not enough pieces of", levels);
    request
        .quantities()
        .forEach((sku, n) -> levels.merge(sku, MovementKind.HOLD.of(n), StockLevel::plus));
    Reservation reservation = request.granted();
    reservations.put(request.orderId(), reservation);
    granted.add(request);
    return reservation;
  }

  /** The requests that were granted, to be written. */
  public List<ReservationRequest> granted() {
    return List.copyOf(granted);
  }

  private void refuse(
      ReservationRequest request,
      String reason,
      Kind kind,
      String message,
      Map<UUID, StockLevel> enoughOf) {
    Map<UUID, Long> missing = new LinkedHashMap<>();
    request
        .quantities()
        .forEach(
            (sku, quantity) -> {
              StockLevel level = levels.get(sku);
              if (level == null || enoughOf != null && level.available() < quantity) {
                missing.put(sku, level == null ? 0 : level.available());
              }
            });
    if (missing.isEmpty()) {
      return;
    }
    String skus = missing.keySet().stream().map(UUID::toString).collect(Collectors.joining(","));
    String available =
        missing.values().stream().map(String::valueOf).collect(Collectors.joining(","));
    throw new DomainException(kind, reason, message + " " + skus)
        .with("sku_ids", skus)
        .with("available", available);
  }

  private static Reservation repeated(Reservation before, ReservationRequest request) {
    if (!before.isOf(request)) {
      throw new DomainException(
          Kind.ALREADY_EXISTS,
          RESERVATION_DIFFERS,
          "the order holds other pieces already, or they are not the caller's");
    }
    return switch (before.state()) {
      case HELD, COMMITTED -> before;
      case RELEASED, EXPIRED ->
          throw DomainException.precondition(
                  RESERVATION_ENDED, "the order's pieces were given back: " + before.state())
              .with("state", before.state());
    };
  }
}
