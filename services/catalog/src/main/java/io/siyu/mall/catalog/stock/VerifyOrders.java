package io.siyu.mall.catalog.stock;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Compares what orders say with the reservations here. */
@ApplicationScoped
public class VerifyOrders {

  private final StockQueries queries;

  VerifyOrders(StockQueries queries) {
    this.queries = queries;
  }

  /** The three comparisons, each over all of the orders. */
  public Uni<List<Finding>> verify(List<OrderStock> orders) {
    return queries
        .reservations(orders.stream().map(OrderStock::orderId).toList())
        .map(reservations -> compare(orders, reservations));
  }

  static List<Finding> compare(List<OrderStock> orders, Map<UUID, Reservation> reservations) {
    Counter states = new Counter("stock.reservation-follows-the-order");
    Counter quantities = new Counter("stock.reserved-pieces-are-those-of-the-order");
    Counter restocked = new Counter("stock.restocked-pieces-are-those-of-the-order");
    for (OrderStock order : orders) {
      Reservation reservation = reservations.get(order.orderId());
      String state = reservation == null ? "NONE" : stateOf(reservation);
      states.compare(order.orderId().toString(), expected(order), state);
      List<Reservation.Line> lines = reservation == null ? List.of() : reservation.lines();
      quantities.compare(
          order.orderId(),
          order.quantities(),
          lines.stream()
              .collect(Collectors.toMap(Reservation.Line::skuId, Reservation.Line::quantity)));
      restocked.compare(
          order.orderId(),
          order.restocked(),
          lines.stream()
              .collect(Collectors.toMap(Reservation.Line::skuId, Reservation.Line::restocked)));
    }
    return List.of(states.finding(), quantities.finding(), restocked.finding());
  }

  private static String expected(OrderStock order) {
    return order.expectedState().name();
  }

  /** A hold that can still expire has not heard of its order. */
  private static String stateOf(Reservation reservation) {
    boolean unplaced =
        reservation.state() == ReservationState.HELD && reservation.expiresAt() != null;
    return unplaced ? "HELD_WITHOUT_ORDER" : reservation.state().name();
  }

  private static final class Counter {
    private final String name;
    private final List<Finding.Difference> differences = new ArrayList<>();
    private long compared;
    private long count;
    private long amount;

    Counter(String name) {
      this.name = name;
    }

    void compare(String key, String expected, String actual) {
      compared++;
      if (!expected.equals(actual)) {
        differ(key, expected, actual, 1);
      }
    }

    void compare(UUID orderId, Map<UUID, Long> expected, Map<UUID, Long> actual) {
      Set<UUID> skus = new TreeSet<>(expected.keySet());
      skus.addAll(actual.keySet());
      for (UUID sku : skus) {
        compared++;
        long should = expected.getOrDefault(sku, 0L);
        long is = actual.getOrDefault(sku, 0L);
        if (should != is) {
          differ(
              orderId + "/" + sku, Long.toString(should), Long.toString(is), Math.abs(should - is));
        }
      }
    }

    Finding finding() {
      return new Finding(name, compared, List.copyOf(differences), count, amount);
    }

    private void differ(String key, String expected, String actual, long by) {
      count++;
      amount += by;
      if (differences.size() < Finding.MAX_LISTED) {
        differences.add(new Finding.Difference(key, expected, actual, name));
      }
    }
  }
}
