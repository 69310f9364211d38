package io.siyu.mall.cps.order;

import io.siyu.mall.cps.attribution.SharePolicies;
import io.siyu.mall.cps.attribution.SharePolicy;
import io.siyu.mall.cps.attribution.Standing;
import io.siyu.mall.cps.attribution.Standings;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Credits a distributor with an order that came back without the id of anybody. */
@ApplicationScoped
public class CreditByClaim {

  private final CpsOrders orders;
  private final SharePolicies policies;
  private final Standings standings;
  private final TakeDocuments take;

  CreditByClaim(CpsOrders orders, SharePolicies policies, Standings standings, TakeDocuments take) {
    this.orders = orders;
    this.policies = policies;
    this.standings = standings;
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
                policies
                    .all(tx)
                    .chain(
                        all ->
                            standings
                                .of(tx, standingsOf(known, distributorId, all))
                                .chain(
                                    found ->
                                        take.save(
                                            tx,
                                            known,
                                            credited(
                                                known, all, found, distributorId, uplineId)))));
  }

  private static Set<Standing> standingsOf(
      Map<UUID, CpsOrder> known, UUID distributorId, List<SharePolicy> policies) {
    return known.values().stream()
        .map(order -> order.times().createdAt())
        .filter(made -> SharePolicy.at(policies, made).isLadder())
        .map(made -> Standing.of(distributorId, made))
        .collect(Collectors.toSet());
  }

  private static Map<UUID, CpsOrder> credited(
      Map<UUID, CpsOrder> known,
      List<SharePolicy> policies,
      Map<Standing, Money> standings,
      UUID distributorId,
      UUID uplineId) {
    Map<UUID, CpsOrder> after = new LinkedHashMap<>();
    known.forEach(
        (id, order) -> {
          Instant made = order.times().createdAt();
          after.put(
              id,
              order.creditedTo(
                  Credit.by(
                      SharePolicy.at(policies, made),
                      standings.getOrDefault(Standing.of(distributorId, made), Money.ZERO),
                      Credit.Reason.CLAIM,
                      distributorId,
                      uplineId,
                      order.subAffiliateId())));
        });
    return after;
  }
}
