package io.siyu.mall.cps.order;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Credits a distributor with the parts of an order that nobody is credited with. */
@ApplicationScoped
public class CreditByClaim {

  private final CpsOrders orders;
  private final ClaimedCredit claimed;
  private final TakeDocuments take;

  CreditByClaim(CpsOrders orders, ClaimedCredit claimed, TakeDocuments take) {
    this.orders = orders;
    this.claimed = claimed;
    this.take = take;
  }

  /**
   * Credits all sub-orders of the number that nobody is credited with.
   *
   * @return how many they were
   */
  public Uni<Integer> credit(
      SqlTransaction tx, Platform platform, String orderNo, Claimant claimant) {
    return orders
        .lockNumber(tx, platform, orderNo)
        .chain(
            known ->
                claimed
                    .credit(tx, known, Map.of(orderNo, claimant))
                    .chain(after -> take.save(tx, known, after)));
  }
}
