package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.error.DomainException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The pieces held for one order. Immutable: every verb answers the {@link Step} that leads to the
 * next state, and the movements of stock that go with it.
 *
 * <p>What orders tell may arrive in any order and more than once: a verb whose work is done already
 * answers a step that changes nothing, and the end is the same whatever came first.
 *
 * @param holder who asked for it, as {@code Caller.key()}
 * @param expiresAt null once the order exists
 */
public record Reservation(
    UUID orderId,
    ReservationState state,
    String holder,
    List<Line> lines,
    Instant heldAt,
    Instant expiresAt) {

  public static final String RESERVATION_UNKNOWN = "RESERVATION_UNKNOWN";
  public static final String RESERVATION_COMMITTED = "RESERVATION_COMMITTED";
  public static final String RESERVATION_RELEASED = "RESERVATION_RELEASED";
  public static final String RESTOCK_TOO_MUCH = "RESTOCK_TOO_MUCH";

  public Reservation {
    lines = List.copyOf(lines);
  }

  /**
   * One SKU of the order.
   *
   * @param restocked pieces that came back with refunds, of {@code quantity}
   */
  public record Line(UUID skuId, long quantity, long restocked) {}

  /**
   * What a verb does.
   *
   * @param after the reservation as it is to be stored; the same instance when nothing changes
   */
  public record Step(Reservation before, Reservation after, List<StockMovement> movements) {

    public boolean changes() {
      return before != after;
    }
  }

  /** The order exists: only its payment or cancellation ends the hold now. */
  public Step place(String by, Instant now) {
    return switch (state) {
      case HELD -> expiresAt == null ? nothing() : step(at(ReservationState.HELD, null), List.of());
      case EXPIRED -> step(moveTo(ReservationState.HELD, null), all(MovementKind.HOLD, by, now));
      case COMMITTED, RELEASED -> nothing();
    };
  }

  /** The order is paid: the pieces are sold, less what came back meanwhile. */
  public Step pay(String by, Instant now) {
    return switch (state) {
      case HELD -> commit(List.of(), by, now);
      case EXPIRED ->
          moveTo(ReservationState.HELD, null)
              .commit(all(MovementKind.HOLD, by, now), by, now, this);
      case COMMITTED -> nothing();
      case RELEASED ->
          throw refusal(RESERVATION_RELEASED, "is paid, but its pieces were given back before");
    };
  }

  /** The order is cancelled, or never came to be. */
  public Step release(String by, Instant now) {
    return switch (state) {
      case HELD ->
          step(moveTo(ReservationState.RELEASED, null), all(MovementKind.RELEASE, by, now));
      case EXPIRED -> step(moveTo(ReservationState.RELEASED, null), List.of());
      case RELEASED -> nothing();
      case COMMITTED ->
          throw refusal(
              RESERVATION_COMMITTED, "is paid: its pieces cannot be given back like this");
    };
  }

  /** No order followed in time. */
  public Step expire(String by, Instant now) {
    return step(moveTo(ReservationState.EXPIRED, expiresAt), all(MovementKind.EXPIRE, by, now));
  }

  /**
   * Pieces came back with a refund. When the payment has not been heard of yet they are noted, and
   * go back on sale with it.
   */
  public Step restock(UUID skuId, long quantity, String by, Instant now) {
    if (state == ReservationState.RELEASED) {
      throw refusal(RESERVATION_RELEASED, "is refunded, but its pieces were given back before");
    }
    if (quantity == 0) {
      return nothing();
    }
    List<Line> after = new ArrayList<>(lines);
    after.replaceAll(
        line ->
            line.skuId.equals(skuId)
                ? new Line(skuId, line.quantity, line.restocked + quantity)
                : line);
    boolean fits =
        quantity > 0
            && after.stream().anyMatch(line -> line.skuId.equals(skuId))
            && after.stream().allMatch(line -> line.restocked <= line.quantity);
    if (!fits) {
      throw refusal(RESTOCK_TOO_MUCH, "cannot bring back " + quantity + " pieces of " + skuId);
    }
    List<StockMovement> movements =
        state == ReservationState.COMMITTED
            ? List.of(
                StockMovement.ofOrder(orderId, skuId, MovementKind.RESTOCK, quantity, by, now))
            : List.of();
    return step(new Reservation(orderId, state, holder, after, heldAt, expiresAt), movements);
  }

  /** Whether a repeated request is the one that made this. */
  public boolean isOf(ReservationRequest request) {
    return lines.stream()
        .collect(Collectors.toMap(Line::skuId, Line::quantity))
        .equals(request.quantities());
  }

  private Step commit(List<StockMovement> first, String by, Instant now) {
    return commit(first, by, now, this);
  }

  private Step commit(List<StockMovement> first, String by, Instant now, Reservation before) {
    List<StockMovement> movements = new ArrayList<>(first);
    movements.addAll(all(MovementKind.COMMIT, by, now));
    for (Line line : lines) {
      if (line.restocked > 0) {
        movements.add(
            StockMovement.ofOrder(
                orderId, line.skuId, MovementKind.RESTOCK, line.restocked, by, now));
      }
    }
    return new Step(before, moveTo(ReservationState.COMMITTED, null), movements);
  }

  private List<StockMovement> all(MovementKind kind, String by, Instant now) {
    return lines.stream()
        .map(line -> StockMovement.ofOrder(orderId, line.skuId, kind, line.quantity, by, now))
        .toList();
  }

  private Step nothing() {
    return new Step(this, this, List.of());
  }

  private Step step(Reservation after, List<StockMovement> movements) {
    return new Step(this, after, movements);
  }

  private Reservation moveTo(ReservationState next, Instant nextExpiry) {
    ReservationState.TABLE.check(state, next);
    return at(next, nextExpiry);
  }

  private Reservation at(ReservationState next, Instant nextExpiry) {
    return new Reservation(orderId, next, holder, lines, heldAt, nextExpiry);
  }

  private DomainException refusal(String reason, String message) {
    return DomainException.precondition(reason, "order " + orderId + " " + message)
        .with("order_id", orderId);
  }
}
