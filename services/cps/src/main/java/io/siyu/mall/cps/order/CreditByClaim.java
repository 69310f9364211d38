package io.siyu.mall.cps.order;

import io.siyu.mall.cps.attribution.SharePolicy;
import io.siyu.mall.cps.attribution.SubAffiliates;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Credits a distributor with an order that came back without the id of anybody. */
@ApplicationScoped
public class CreditByClaim {

  private final CpsOrders orders;
  private final SubAffiliates subAffiliates;
  private final TakeDocuments take;

  CreditByClaim(CpsOrders orders, SubAffiliates subAffiliates, TakeDocuments take) {
    this.orders = orders;
    this.subAffiliates = subAffiliates;
    this.take = take;
  }

  /**
   * Credits all sub-orders of the number that nobody is credited with.
   *
   * @param uplineId null if there is none
   * @return how many they were
   */
  public Uni<Integer> credit(
      SqlTransaction tx, Platform platform, String orderNo, UUID distributorId, UUID uplineId) {
    return orders
        .idsOf(tx, platform, orderNo)
        .chain(ids -> orders.lock(tx, ids))
        .chain(
            known ->
                subAffiliates
                    .policies(tx)
                    .chain(
                        policies ->
                            take.save(
                                tx, known, credited(known, policies, distributorId, uplineId))));
  }

  private static Map<UUID, CpsOrder> credited(
      Map<UUID, CpsOrder> known, List<SharePolicy> policies, UUID distributorId, UUID uplineId) {
    Map<UUID, CpsOrder> after = new LinkedHashMap<>();
    known.forEach(
        (id, order) -> {
          SharePolicy policy = SharePolicy.at(policies, order.times().createdAt());
          after.put(
              id,
              order.creditedTo(
                  new Credit(
                      Credit.Reason.CLAIM,
                      distributorId,
                      uplineId,
                      order.subAffiliateId(),
                      policy.version(),
                      policy.directBasisPoints(),
                      uplineId == null ? 0 : policy.uplineBasisPoints())));
        });
    return after;
  }
}
