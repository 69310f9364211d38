package io.siyu.mall.order.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.order.client.CatalogClient;
import io.siyu.mall.order.fixture.Memory;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StockHoldsTest {

  private final Map<UUID, String> refusals = new HashMap<>();
  private final Set<UUID> held = new HashSet<>();
  private final Set<UUID> released = new HashSet<>();
  private final StockHolds holds = new StockHolds(new FakeCatalog(), Memory.orderConfig());
  private final PricedBasket priced = new PricedBasket(List.of(line("a"), line("b"), line("a")));
  private final PlacingIds ids = purpose -> UUID.nameUUIDFromBytes(purpose.getBytes());

  @Test
  void eachBrandHoldsUnderItsOwnId() {
    StockHolds.Held result = holds.hold(priced, ids).await().indefinitely();
    assertEquals(Set.of("a", "b"), result.orders().keySet());
    assertEquals(Set.of(id("a", 0), id("b", 0)), held);
    assertEquals(result, holds.hold(priced, ids).await().indefinitely(), "the same again");
  }

  @Test
  void aRefusalGivesBackTheOthers() {
    refusals.put(id("b", 0), "OUT_OF_STOCK");
    assertEquals("OUT_OF_STOCK", refusal());
    assertEquals(Set.of(id("a", 0)), released);
    assertTrue(held.isEmpty());
  }

  @Test
  void aSilenceGivesBackNothing() {
    refusals.put(id("a", 0), "UPSTREAM_UNAVAILABLE");
    assertEquals("UPSTREAM_UNAVAILABLE", refusal());
    assertEquals(Set.of(id("b", 0)), held);
    assertTrue(released.isEmpty());
  }

  @Test
  void aRefusalSaysMoreThanASilence() {
    refusals.put(id("a", 0), "UPSTREAM_UNAVAILABLE");
    refusals.put(id("b", 0), "OUT_OF_STOCK");
    assertEquals("OUT_OF_STOCK", refusal());
    assertTrue(released.isEmpty());
  }

  @Test
  void whatWasGivenBackBeforeIsHeldUnderTheNextIds() {
    refusals.put(id("a", 0), "RESERVATION_ENDED");
    StockHolds.Held result = holds.hold(priced, ids).await().indefinitely();
    assertEquals(id("a", 1), result.orders().get("a").value());
    assertEquals(id("b", 1), result.orders().get("b").value());
    assertEquals(Set.of(id("a", 1), id("b", 1)), held, "one round as a whole");
    for (int round = 0; round < 9; round++) {
      refusals.put(id("a", round), "RESERVATION_ENDED");
    }
    assertEquals("RESERVATION_ENDED", refusal());
  }

  private String refusal() {
    return assertThrows(DomainException.class, () -> holds.hold(priced, ids).await().indefinitely())
        .reason();
  }

  private UUID id(String brand, int round) {
    return ids.of("order " + brand + " " + round);
  }

  private static PricedLine line(String brand) {
    CatalogClient.Quote sku =
        new CatalogClient.Quote(
            Ids.next(),
            Ids.next(),
            Ids.next(),
            brand,
            brand,
            List.of(),
            "",
            "",
            "",
            Money.fen(1),
            7,
            100,
            true,
            "");
    return new PricedLine(sku, 1, Money.fen(1), List.of());
  }

  private final class FakeCatalog implements CatalogClient {
    @Override
    public Uni<List<Quote>> quote(List<UUID> skuIds) {
      throw new AssertionError("not asked here");
    }

    @Override
    public Uni<Void> reserve(UUID requestId, UUID orderId, Map<UUID, Long> pieces, Duration hold) {
      String reason = refusals.get(orderId);
      if (reason != null) {
        Kind kind = reason.startsWith("UPSTREAM") ? Kind.UNAVAILABLE : Kind.FAILED_PRECONDITION;
        return Uni.createFrom().failure(new DomainException(kind, reason, "no"));
      }
      held.add(orderId);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> release(UUID requestId, UUID orderId) {
      held.remove(orderId);
      released.add(orderId);
      return Uni.createFrom().voidItem();
    }
  }
}
