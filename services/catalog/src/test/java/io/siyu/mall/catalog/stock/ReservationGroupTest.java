package io.siyu.mall.catalog.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.error.DomainException;
import java.time.Duration;
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

class ReservationGroupTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
  private static final List<UUID> SKUS = List.of(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3));

  @Provide
  Arbitrary<List<List<Reservation.Line>>> orders() {
    Arbitrary<Reservation.Line> line =
        Arbitraries.of(SKUS)
            .flatMap(
                sku -> Arbitraries.longs().between(1, 5).map(n -> new Reservation.Line(sku, n, 0)));
    return line.list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(30);
  }

  /** All lines or none, never one too many, and nobody is refused who could have been served. */
  @Property
  void grantsWhatThereIsAndNoMore(
      @ForAll("orders") List<List<Reservation.Line>> orders,
      @ForAll @IntRange(min = 0, max = 20) int stock) {
    Map<UUID, StockLevel> levels = levels(stock);
    ReservationGroup group = new ReservationGroup(Map.of(), levels);
    Map<UUID, Long> left = new HashMap<>();
    SKUS.forEach(sku -> left.put(sku, (long) stock));
    List<ReservationRequest> expected = new ArrayList<>();
    for (List<Reservation.Line> lines : orders) {
      ReservationRequest request = request(UUID.randomUUID(), lines);
      boolean fits =
          request.quantities().entrySet().stream()
              .allMatch(e -> left.get(e.getKey()) >= e.getValue());
      if (fits) {
        request.quantities().forEach((sku, n) -> left.merge(sku, -n, Long::sum));
        expected.add(request);
        assertEquals(ReservationState.HELD, group.decide(request).state());
      } else {
        DomainException refusal = assertThrows(DomainException.class, () -> group.decide(request));
        assertEquals(ReservationGroup.OUT_OF_STOCK, refusal.reason());
      }
    }
    assertEquals(expected, group.granted());
    assertTrue(left.values().stream().allMatch(n -> n >= 0));
  }

  @Test
  void namesTheSkusThatAreOut() {
    Map<UUID, StockLevel> levels = levels(5);
    levels.put(SKUS.get(0), new StockLevel(5, 1, 4, 0));
    ReservationGroup group = new ReservationGroup(Map.of(), levels);
    DomainException refusal =
        assertThrows(
            DomainException.class,
            () ->
                group.decide(
                    request(
                        UUID.randomUUID(),
                        List.of(
                            new Reservation.Line(SKUS.get(0), 2, 0),
                            new Reservation.Line(SKUS.get(1), 2, 0)))));
    assertEquals(SKUS.get(0).toString(), refusal.metadata().get("sku_ids"));
    assertEquals("1", refusal.metadata().get("available"));
  }

  @Test
  void anUnknownSkuIsNotOutOfStock() {
    ReservationGroup group = new ReservationGroup(Map.of(), Map.of());
    DomainException refusal =
        assertThrows(
            DomainException.class,
            () ->
                group.decide(
                    request(UUID.randomUUID(), List.of(new Reservation.Line(SKUS.get(0), 1, 0)))));
    assertEquals(ReservationGroup.SKU_UNKNOWN, refusal.reason());
  }

  @Test
  void theSameOrderInOneGroupIsGrantedOnce() {
    ReservationGroup group = new ReservationGroup(Map.of(), levels(1));
    ReservationRequest request =
        request(new UUID(7, 7), List.of(new Reservation.Line(SKUS.get(0), 1, 0)));
    Reservation first = group.decide(request);
    assertSame(first, group.decide(request));
    assertEquals(1, group.granted().size());
  }

  @Test
  void anOrderCannotHoldSomethingElseUnderItsName() {
    UUID order = new UUID(7, 7);
    ReservationGroup group = new ReservationGroup(Map.of(), levels(9));
    group.decide(request(order, List.of(new Reservation.Line(SKUS.get(0), 1, 0))));
    assertEquals(
        ReservationGroup.RESERVATION_DIFFERS,
        assertThrows(
                DomainException.class,
                () ->
                    group.decide(request(order, List.of(new Reservation.Line(SKUS.get(0), 2, 0)))))
            .reason());
  }

  @Test
  void aReservationThatEndedIsNotGivenAgain() {
    ReservationRequest request =
        request(new UUID(7, 7), List.of(new Reservation.Line(SKUS.get(0), 1, 0)));
    Reservation expired = request.granted().expire("me", NOW).after();
    ReservationGroup group = new ReservationGroup(Map.of(expired.orderId(), expired), levels(9));
    assertEquals(
        ReservationGroup.RESERVATION_ENDED,
        assertThrows(DomainException.class, () -> group.decide(request)).reason());
  }

  @Test
  void linesOfTheSameSkuBecomeOne() {
    ReservationRequest request =
        request(
            UUID.randomUUID(),
            List.of(
                new Reservation.Line(SKUS.get(0), 1, 0), new Reservation.Line(SKUS.get(0), 2, 0)));
    assertEquals(Map.of(SKUS.get(0), 3L), request.quantities());
  }

  @Test
  void badRequestsNameTheField() {
    DomainException refusal =
        assertThrows(
            DomainException.class,
            () ->
                request(
                    UUID.randomUUID(),
                    List.of(
                        new Reservation.Line(SKUS.get(0), 1, 0),
                        new Reservation.Line(SKUS.get(1), 0, 0))));
    assertEquals("lines[1].quantity", refusal.violations().get(0).field());
    assertThrows(DomainException.class, () -> request(UUID.randomUUID(), List.of()));
  }

  private static Map<UUID, StockLevel> levels(long available) {
    Map<UUID, StockLevel> levels = new HashMap<>();
    SKUS.forEach(sku -> levels.put(sku, new StockLevel(available, available, 0, 0)));
    return levels;
  }

  private static ReservationRequest request(UUID order, List<Reservation.Line> lines) {
    return ReservationRequest.of(order, "MEMBER:1", lines, Duration.ZERO, NOW);
  }
}
