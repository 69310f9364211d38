package io.siyu.mall.order.checkout;

import io.siyu.mall.order.client.CatalogClient;
import io.siyu.mall.order.order.OrderConfig;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Holds the stock of all orders of a trade that is being placed, or of none. */
@ApplicationScoped
public class StockHolds {

  private static final Logger LOG = Logger.getLogger(StockHolds.class);
  private static final String RESERVATION_ENDED = "RESERVATION_ENDED";
  private static final int MAX_ROUNDS = 5;

  private final CatalogClient catalog;
  private final OrderConfig config;

  StockHolds(CatalogClient catalog, OrderConfig config) {
    this.catalog = catalog;
    this.config = config;
  }

  /**
   * Stock that is held.
   *
   * @param orders the ids it is held under, by brand code
   */
  public record Held(TradeId tradeId, Map<String, OrderId> orders) {}

  /** Holds; all brands at once. What an earlier try gave back is held again under the next ids. */
  public Uni<Held> hold(PricedBasket priced, PlacingIds ids) {
    return round(priced, ids, 0);
  }

  private Uni<Held> round(PricedBasket priced, PlacingIds ids, int round) {
    Map<String, OrderId> orders = new LinkedHashMap<>();
    List<Uni<Outcome>> calls = new ArrayList<>();
    priced
        .byBrand()
        .forEach(
            (brand, lines) -> {
              OrderId id = new OrderId(ids.of("order " + brand + " " + round));
              orders.put(brand, id);
              calls.add(reserve(id, lines));
            });
    TradeId trade = new TradeId(ids.of("trade " + round));
    return Uni.join()
        .all(calls)
        .andCollectFailures()
        .chain(outcomes -> settle(priced, ids, round, new Held(trade, orders), outcomes));
  }

  private Uni<Held> settle(
      PricedBasket priced, PlacingIds ids, int round, Held held, List<Outcome> outcomes) {
    List<Throwable> failures =
        outcomes.stream().map(Outcome::failure).filter(f -> f != null).toList();
    if (failures.isEmpty()) {
      return Uni.createFrom().item(held);
    }
    boolean onlyEnded =
        failures.stream()
            .allMatch(f -> f instanceof DomainException e && isReason(e, RESERVATION_ENDED));
    if (onlyEnded && round + 1 < MAX_ROUNDS) {
      return giveBack(outcomes).chain(() -> round(priced, ids, round + 1));
    }
    Throwable first = worst(failures);
    boolean certain =
        failures.stream()
            .allMatch(f -> f instanceof DomainException e && e.kind() != Kind.UNAVAILABLE);
    return (certain ? giveBack(outcomes) : Uni.createFrom().voidItem())
        .chain(() -> Uni.createFrom().failure(first));
  }

  private record Outcome(OrderId order, Throwable failure) {}

  private Uni<Outcome> reserve(OrderId id, List<PricedLine> lines) {
    Map<UUID, Long> quantities = new HashMap<>();
    lines.forEach(line -> quantities.put(line.sku().skuId(), line.quantity()));
    return catalog
        .reserve(id.value(), id.value(), quantities, config.stockHold())
        .map(done -> new Outcome(id, null))
        .onFailure()
        .recoverWithItem(failure -> new Outcome(id, failure));
  }

  /** Gives back everything that is held, since no order will follow for certain. */
  public Uni<Void> giveBack(Held held) {
    return release(held.orders().values());
  }

  private Uni<Void> giveBack(List<Outcome> outcomes) {
    return release(outcomes.stream().filter(o -> o.failure() == null).map(Outcome::order).toList());
  }

  /** Best effort: what is not given back now ends by itself. */
  private Uni<Void> release(Collection<OrderId> orders) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (OrderId order : orders) {
      UUID id = order.value();
      all =
          all.chain(() -> catalog.release(id, id))
              .onFailure()
              .recoverWithItem(
                  failure -> {
                    LOG.infof("the hold of order %s ends by itself: %s", id, failure.toString());
                    return null;
                  });
    }
    return all;
  }

  /** A refusal says more than a silence. */
  private static Throwable worst(List<Throwable> failures) {
    return failures.stream()
        .filter(
            f ->
                f instanceof DomainException e
                    && e.kind() != Kind.UNAVAILABLE
                    && !isReason(e, RESERVATION_ENDED))
        .findFirst()
        .orElse(failures.get(0));
  }

  private static boolean isReason(DomainException failure, String reason) {
    return failure.reason().equals(reason);
  }
}
