package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Compares the ledger with what another book, the order service's, holds true: the commissions that
 * follow from its facts must be the booked ones. Open after-sale cases, which those facts leave
 * out, are taken from what is known here.
 */
@ApplicationScoped
public class OrderVerification {

  private static final int MOST_ORDERS = 1_000;

  private final SqlReader reader;
  private final FactRows facts;

  OrderVerification(Pool pool, FactRows facts) {
    this.reader = SqlReader.of(pool);
    this.facts = facts;
  }

  /**
   * @param told the orders as the other book has them; the header's number and brand do not matter
   */
  public Uni<Check> verify(List<OrderFacts> told) {
    Validation.start().range("facts", told.size(), 0, MOST_ORDERS).check();
    Check check = new Check("ledger.commissions-match-orders");
    if (told.isEmpty()) {
      return Uni.createFrom().item(check);
    }
    List<UUID> ids = told.stream().map(OrderFacts::orderId).distinct().toList();
    return Uni.combine()
        .all()
        .unis(facts.read(reader, ids), Reconciliation.booked(reader, ids))
        .asTuple()
        .map(
            found -> {
              for (OrderFacts order : told) {
                OrderFacts known = found.getItem1().get(order.orderId());
                Rederivation.compare(
                    check,
                    withCases(order, known),
                    found.getItem2().getOrDefault(order.orderId(), List.of()),
                    "a commission against what the order service says");
              }
              return check;
            });
  }

  private static OrderFacts withCases(OrderFacts told, OrderFacts known) {
    return new OrderFacts(
        told.orderId(),
        told.header(),
        told.receivedAt(),
        told.windowUntil(),
        told.completedAt(),
        told.closedAt(),
        told.lines(),
        known == null ? Map.of() : known.cases());
  }
}
