package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Changes of stock other than reserving: what staff do, and what follows from orders. Each runs in
 * the caller's transaction and locks the reservation before the levels.
 */
@ApplicationScoped
public class StockCommands {

  private final StockBook book;
  private final SqlReservations reservations;
  private final Clock clock;

  StockCommands(StockBook book, SqlReservations reservations, Clock clock) {
    this.book = book;
    this.reservations = reservations;
    this.clock = clock;
  }

  /**
   * Supplies pieces, or takes available ones away.
   *
   * @param delta pieces, negative to take away
   * @return the level after; fails with FAILED_PRECONDITION STOCK_TOO_LOW when fewer are available
   */
  public Uni<StockLevel> adjust(
      SqlTransaction tx, UUID skuId, long delta, String reason, String by) {
    Validation.start()
        .require(
            delta != 0
                && delta >= -ReservationRequest.MAX_SUPPLY
                && delta <= ReservationRequest.MAX_SUPPLY,
            "delta",
            "must be 1 to " + ReservationRequest.MAX_SUPPLY + " pieces, or as many negative")
        .required(TextType.REASON, "reason", reason)
        .check();
    StockMovement movement =
        StockMovement.supply(skuId, delta, reason.strip(), by, clock.instant());
    return book.record(tx, List.of(movement))
        .chain(() -> book.lock(tx, List.of(skuId)))
        .map(levels -> levels.get(skuId));
  }

  /** Opens the levels of new SKUs and supplies their first pieces. */
  public Uni<Void> open(SqlTransaction tx, Map<UUID, Long> pieces, String reason, String by) {
    Instant now = clock.instant();
    List<StockMovement> supplies =
        pieces.entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .map(e -> StockMovement.supply(e.getKey(), e.getValue(), reason, by, now))
            .toList();
    return book.open(tx, pieces.keySet()).chain(() -> book.record(tx, supplies));
  }

  /** Gives back what the order holds. */
  public Uni<Reservation> release(SqlTransaction tx, UUID orderId, String by) {
    return change(tx, orderId, (reservation, now) -> reservation.release(by, now));
  }

  /** What an order's event does to the order's reservation. */
  public record Verb(UUID orderId, BiFunction<Reservation, Instant, Reservation.Step> effect) {}

  /**
   * Applies verbs that change no line, in this order: three statements, and one more for each
   * different end, however many orders they concern.
   *
   * @return fails with NOT_FOUND when one of the orders holds nothing
   */
  public Uni<Void> apply(SqlTransaction tx, List<Verb> verbs) {
    Instant now = clock.instant();
    return reservations
        .lock(tx, verbs.stream().map(Verb::orderId).toList())
        .chain(
            found -> {
              Map<UUID, Reservation> changed = new LinkedHashMap<>();
              List<StockMovement> movements = new ArrayList<>();
              for (Verb verb : verbs) {
                Reservation before = changed.getOrDefault(verb.orderId, found.get(verb.orderId));
                if (before == null) {
                  throw unknown(verb.orderId);
                }
                Reservation.Step step = verb.effect.apply(before, now);
                if (step.changes()) {
                  movements.addAll(step.movements());
                  changed.put(verb.orderId, step.after());
                }
              }
              return book.record(tx, movements)
                  .chain(() -> reservations.saveAll(tx, changed.values(), now));
            });
  }

  /** Pieces came back with a refund; see {@link Reservation#restock}. */
  public Uni<Reservation> restock(
      SqlTransaction tx, UUID orderId, UUID skuId, long quantity, String by) {
    return change(tx, orderId, (reservation, now) -> reservation.restock(skuId, quantity, by, now));
  }

  /**
   * Ends holds whose time is over, so many at most.
   *
   * @return how many there were
   */
  public Uni<Integer> expireDue(SqlTransaction tx, int limit, String by) {
    Instant now = clock.instant();
    return reservations
        .lockDue(tx, now, limit)
        .chain(
            due -> {
              List<StockMovement> movements =
                  due.values().stream()
                      .flatMap(reservation -> reservation.expire(by, now).movements().stream())
                      .toList();
              return due.isEmpty()
                  ? Uni.createFrom().item(0)
                  : book.record(tx, movements)
                      .chain(
                          () ->
                              reservations.endAll(tx, due.keySet(), ReservationState.EXPIRED, now))
                      .replaceWith(due.size());
            });
  }

  private Uni<Reservation> change(
      SqlTransaction tx, UUID orderId, BiFunction<Reservation, Instant, Reservation.Step> verb) {
    Instant now = clock.instant();
    return reservations
        .lock(tx, List.of(orderId))
        .chain(
            found -> {
              Reservation reservation = found.get(orderId);
              if (reservation == null) {
                throw unknown(orderId);
              }
              Reservation.Step step = verb.apply(reservation, now);
              return step.changes()
                  ? book.record(tx, step.movements())
                      .chain(() -> reservations.save(tx, step, now))
                      .replaceWith(step.after())
                  : Uni.createFrom().item(reservation);
            });
  }

  private static DomainException unknown(UUID orderId) {
    return DomainException.notFound(
            Reservation.RESERVATION_UNKNOWN, "the order " + orderId + " holds nothing")
        .with("order_id", orderId);
  }
}
