package io.siyu.mall.distributor.ledger;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Compares the booked commissions of orders with those that follow from facts. Pure. */
final class Rederivation {

  private Rederivation() {}

  /** Where a commission stands, as far as it is to be compared. */
  record Figures(
      String beneficiary, long earned, long reversed, long pending, long frozen, long released) {
    static final Figures NONE = new Figures("nobody", 0, 0, 0, 0, 0);

    static Figures of(Commission c) {
      return new Figures(
          c.beneficiary().toString(),
          c.earned().minor(),
          c.reversed().minor(),
          c.pending().minor(),
          c.frozen().minor(),
          c.released().minor());
    }

    private long net() {
      return earned - reversed;
    }
  }

  static void compare(
      Check check, OrderFacts facts, Collection<Commission> booked, String message) {
    Map<String, Figures> expected = figures(CommissionDerivation.of(facts));
    Map<String, Figures> actual = figures(booked);
    Map<String, Boolean> keys = new TreeMap<>();
    expected.keySet().forEach(key -> keys.put(key, true));
    actual.keySet().forEach(key -> keys.put(key, true));
    for (String key : keys.keySet()) {
      Figures should = expected.getOrDefault(key, Figures.NONE);
      Figures is = actual.getOrDefault(key, Figures.NONE);
      check.compare(
          facts.orderId() + "/" + key,
          should,
          is,
          Math.max(Math.abs(should.net() - is.net()), should.equals(is) ? 0 : 1),
          message);
    }
  }

  private static Map<String, Figures> figures(Collection<Commission> commissions) {
    Map<String, Figures> figures = new LinkedHashMap<>();
    commissions.forEach(c -> figures.put(c.lineId() + "/" + c.level(), Figures.of(c)));
    return figures;
  }
}
