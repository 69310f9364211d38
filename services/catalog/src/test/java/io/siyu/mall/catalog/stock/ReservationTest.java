package io.siyu.mall.catalog.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.error.DomainException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReservationTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
  private static final UUID ORDER = new UUID(1, 1);
  private static final UUID SHIRT = new UUID(2, 1);
  private static final UUID SOCKS = new UUID(2, 2);

  /** What orders can tell. */
  enum Told {
    PLACED,
    PAID,
    ONE_SHIRT_BACK,
    TWO_SOCKS_BACK
  }

  @Provide
  Arbitrary<List<Told>> anyOrder() {
    return Arbitraries.shuffle(Told.values());
  }

  /** Events may arrive in any order, and the hold may run out before any of them: same end. */
  @Property
  void theEndIsTheSameWhateverComesFirst(
      @ForAll("anyOrder") List<Told> order, @ForAll @IntRange(min = 0, max = 4) int expiresBefore) {
    Ledger ledger = new Ledger();
    for (int i = 0; i < order.size(); i++) {
      if (i == expiresBefore
          && ledger.reservation.state() == ReservationState.HELD
          && ledger.reservation.expiresAt() != null) {
        ledger.apply(ledger.reservation.expire("me", NOW));
      }
      ledger.tell(order.get(i));
    }
    assertEquals(ReservationState.COMMITTED, ledger.reservation.state());
    assertEquals(new StockLevel(10, 8, 0, 2), ledger.levels.get(SHIRT), "3 sold, 1 back");
    assertEquals(new StockLevel(10, 8, 0, 2), ledger.levels.get(SOCKS), "4 sold, 2 back");
  }

  /** The property above must be able to fail: a repeat that was not recognised would show. */
  @Test
  void aRepeatedVerbChangesNothing() {
    Ledger ledger = new Ledger();
    ledger.tell(Told.PLACED);
    ledger.tell(Told.PAID);
    assertFalse(ledger.reservation.place("me", NOW).changes());
    assertFalse(ledger.reservation.pay("me", NOW).changes());
  }

  @Test
  void anOrderPinsItsReservation() {
    Reservation placed = held().place("me", NOW).after();
    assertEquals(ReservationState.HELD, placed.state());
    assertNull(placed.expiresAt());
  }

  @Test
  void aCancelledOrderStaysCancelledWhateverIsHeardLater() {
    Reservation expired = held().expire("me", NOW).after();
    Reservation.Step cancelled = expired.release("me", NOW);
    assertEquals(ReservationState.RELEASED, cancelled.after().state());
    assertTrue(cancelled.movements().isEmpty(), "the pieces are back already");
    assertFalse(cancelled.after().place("me", NOW).changes());
  }

  @Test
  void whatIsSoldIsNotReleased() {
    Reservation sold = held().pay("me", NOW).after();
    DomainException refusal = assertThrows(DomainException.class, () -> sold.release("me", NOW));
    assertEquals(Reservation.RESERVATION_COMMITTED, refusal.reason());
  }

  @Test
  void whatWasGivenBackIsNotSold() {
    Reservation released = held().release("me", NOW).after();
    assertEquals(
        Reservation.RESERVATION_RELEASED,
        assertThrows(DomainException.class, () -> released.pay("me", NOW)).reason());
  }

  @Test
  void noMorePiecesComeBackThanWereSold() {
    Reservation sold = held().pay("me", NOW).after();
    Reservation two = sold.restock(SHIRT, 2, "me", NOW).after();
    assertEquals(
        Reservation.RESTOCK_TOO_MUCH,
        assertThrows(DomainException.class, () -> two.restock(SHIRT, 2, "me", NOW)).reason());
    assertThrows(DomainException.class, () -> two.restock(new UUID(9, 9), 1, "me", NOW));
    assertThrows(DomainException.class, () -> two.restock(SHIRT, -1, "me", NOW));
  }

  @Property
  void everyMovementKeepsTheIdentity(
      @ForAll MovementKind kind, @ForAll @IntRange(min = -1_000, max = 1_000) int quantity) {
    StockLevel level = new StockLevel(5_000, 2_000, 2_000, 1_000).plus(kind.of(quantity));
    assertEquals(level.supplied(), level.available() + level.held() + level.sold());
    assertTrue(level.isPossible());
  }

  private static Reservation held() {
    return new Reservation(
        ORDER,
        ReservationState.HELD,
        "MEMBER:1",
        List.of(new Reservation.Line(SHIRT, 3, 0), new Reservation.Line(SOCKS, 4, 0)),
        NOW,
        NOW.plusSeconds(900));
  }

  /** A reservation with the levels it moves. */
  private static final class Ledger {
    private final Map<UUID, StockLevel> levels = new HashMap<>();
    private final List<StockMovement> movements = new ArrayList<>();
    private Reservation reservation = held();

    Ledger() {
      levels.put(SHIRT, new StockLevel(10, 7, 3, 0));
      levels.put(SOCKS, new StockLevel(10, 6, 4, 0));
    }

    void tell(Told told) {
      apply(
          switch (told) {
            case PLACED -> reservation.place("me", NOW);
            case PAID -> reservation.pay("me", NOW);
            case ONE_SHIRT_BACK -> reservation.restock(SHIRT, 1, "me", NOW);
            case TWO_SOCKS_BACK -> reservation.restock(SOCKS, 2, "me", NOW);
          });
    }

    void apply(Reservation.Step step) {
      movements.addAll(step.movements());
      step.movements().forEach(m -> levels.merge(m.skuId(), m.effect(), StockLevel::plus));
      levels.values().forEach(level -> assertTrue(level.isPossible(), level::toString));
      reservation = step.after();
    }
  }
}
