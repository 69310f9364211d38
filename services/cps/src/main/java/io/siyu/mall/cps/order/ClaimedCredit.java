package io.siyu.mall.cps.order;

import io.siyu.mall.cps.attribution.SharePolicies;
import io.siyu.mall.cps.attribution.SharePolicy;
import io.siyu.mall.cps.attribution.Standing;
import io.siyu.mall.cps.attribution.Standings;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sql.Marks;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Credits claimants with the orders of their numbers that nobody is credited with. */
@ApplicationScoped
public class ClaimedCredit {

  private final SharePolicies policies;
  private final Standings standings;

  ClaimedCredit(SharePolicies policies, Standings standings) {
    this.policies = policies;
    this.standings = standings;
  }

  /**
   * Whose claims on these order numbers are accepted. A claim that is being decided is waited for,
   * and none of them is decided until the transaction ends.
   */
  Uni<Map<String, Claimant>> claimants(
      SqlTransaction tx, Platform platform, Collection<String> orderNos) {
    if (orderNos.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    List<Object> params = new ArrayList<>();
    params.add(platform);
    params.addAll(new TreeSet<>(orderNos));
    return tx.select(
            "SELECT order_no, distributor_id, upline_id, decided_at, state FROM claims"
                + " FORCE INDEX (claims_by_order) WHERE platform = ? AND order_no IN ("
                + Marks.list(params.size() - 1)
                + ") ORDER BY decided_at LOCK IN SHARE MODE",
            params.toArray())
        .map(ClaimedCredit::accepted);
  }

  private static Map<String, Claimant> accepted(List<SqlRow> claims) {
    Map<String, Claimant> found = new HashMap<>();
    claims.stream()
        .filter(row -> "ACCEPTED".equals(row.text(4)))
        .forEach(
            row ->
                found.putIfAbsent(
                    row.text(0),
                    new Claimant(new Seller(row.uuid(1), row.uuid(2), true), row.instant(3))));
    return found;
  }

  /**
   * The orders, credited where there is a claimant; nothing is stored.
   *
   * @param claimants by order number
   */
  Uni<Map<UUID, CpsOrder>> credit(
      SqlTransaction tx, Map<UUID, CpsOrder> orders, Map<String, Claimant> claimants) {
    if (claimants.isEmpty()) {
      return Uni.createFrom().item(orders);
    }
    return policies
        .all(tx)
        .chain(
            all ->
                standings
                    .of(tx, standingsOf(orders, claimants, all))
                    .map(found -> credited(orders, claimants, all, found)));
  }

  private static Set<Standing> standingsOf(
      Map<UUID, CpsOrder> orders, Map<String, Claimant> claimants, List<SharePolicy> policies) {
    return orders.values().stream()
        .filter(order -> claimants.containsKey(order.key().orderNo()))
        .filter(order -> SharePolicy.at(policies, order.times().createdAt()).isLadder())
        .map(order -> standing(order, claimants.get(order.key().orderNo())))
        .collect(Collectors.toSet());
  }

  private static Map<UUID, CpsOrder> credited(
      Map<UUID, CpsOrder> orders,
      Map<String, Claimant> claimants,
      List<SharePolicy> policies,
      Map<Standing, Money> standings) {
    Map<UUID, CpsOrder> after = new LinkedHashMap<>(orders);
    after.replaceAll(
        (id, order) -> {
          Claimant claimant = claimants.get(order.key().orderNo());
          if (claimant == null) {
            return order;
          }
          Instant made = order.times().createdAt();
          return order.claimed(
              Credit.by(
                  SharePolicy.at(policies, made),
                  standings.getOrDefault(standing(order, claimant), Money.ZERO),
                  Credit.Reason.CLAIM,
                  claimant.seller(),
                  order.subAffiliateId()),
              claimant.asOf());
        });
    return after;
  }

  private static Standing standing(CpsOrder order, Claimant claimant) {
    return Standing.of(claimant.seller().distributorId(), order.times().createdAt());
  }
}
