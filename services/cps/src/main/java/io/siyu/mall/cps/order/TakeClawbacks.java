package io.siyu.mall.cps.order;

import io.siyu.mall.cps.order.TakeDocuments.Taken;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes what platforms say of claw-backs: of each number the newest document holds, and what is
 * taken back of an order is the sum of those in effect now. Those of orders that are not known yet
 * wait for them. A page that says nothing new costs one read.
 */
@ApplicationScoped
public class TakeClawbacks {

  private final SqlReader reader;
  private final Clawbacks clawbacks;
  private final CpsOrders orders;
  private final TakeDocuments take;
  private final Clock clock;

  TakeClawbacks(
      SqlReader reader, Clawbacks clawbacks, CpsOrders orders, TakeDocuments take, Clock clock) {
    this.reader = reader;
    this.clawbacks = clawbacks;
    this.orders = orders;
    this.take = take;
    this.clock = clock;
  }

  /** Takes claw-backs of one platform, as long as the fence lets it. */
  public Uni<Taken> take(Platform platform, List<Clawback> told, Fence fence) {
    return told.isEmpty()
        ? Uni.createFrom().item(new Taken(0, 0))
        : news(platform, told, fence).map(changed -> new Taken(told.size(), changed));
  }

  private Uni<Integer> news(Platform platform, List<Clawback> told, Fence fence) {
    return clawbacks
        .find(reader, platform, numbers(told))
        .map(known -> told.stream().filter(one -> !isStored(known, one)).toList())
        .chain(
            news ->
                news.isEmpty()
                    ? Uni.createFrom().item(0)
                    : take.inTransaction(
                        tx -> fence.check(tx).chain(() -> take(tx, platform, news))));
  }

  private Uni<Integer> take(SqlTransaction tx, Platform platform, List<Clawback> news) {
    return clawbacks
        .lock(tx, platform, numbers(news))
        .chain(
            known -> {
              Set<UUID> ids = new HashSet<>();
              news.forEach(one -> ids.add(one.order().id()));
              known.values().forEach(one -> ids.add(one.orderId()));
              return clawbacks
                  .keep(tx, news, clock.instant())
                  .chain(() -> clawbacks.save(tx, newest(known, news)))
                  .chain(() -> takenBack(tx, ids));
            });
  }

  private Uni<Integer> takenBack(SqlTransaction tx, Set<UUID> ids) {
    return orders
        .lock(tx, ids)
        .chain(
            known ->
                orders
                    .clawedBack(tx, ids)
                    .chain(sums -> take.save(tx, known, withSums(known, sums))));
  }

  private static Map<UUID, CpsOrder> withSums(Map<UUID, CpsOrder> known, Map<UUID, Money> sums) {
    Map<UUID, CpsOrder> after = new LinkedHashMap<>();
    known.forEach(
        (id, order) -> after.put(id, order.withClawedBack(sums.getOrDefault(id, Money.ZERO))));
    return after;
  }

  /** Of each number the newest, if it is newer than what is known. */
  private static List<Clawback> newest(
      Map<String, Clawbacks.Stored> known, List<Clawback> documents) {
    Map<String, Clawback> newest = new LinkedHashMap<>();
    for (Clawback one : documents) {
      newest.merge(one.refundNo(), one, (a, b) -> a.version().compareTo(b.version()) >= 0 ? a : b);
    }
    newest.values().removeIf(one -> !isNewer(known.get(one.refundNo()), one));
    return List.copyOf(newest.values());
  }

  private static boolean isNewer(Clawbacks.Stored known, Clawback told) {
    return known == null || told.version().compareTo(known.version()) > 0;
  }

  private static boolean isStored(Map<String, Clawbacks.Stored> known, Clawback told) {
    Clawbacks.Stored stored = known.get(told.refundNo());
    return stored != null && stored.version().equals(told.version());
  }

  private static Set<String> numbers(List<Clawback> clawbacks) {
    return clawbacks.stream().map(Clawback::refundNo).collect(Collectors.toSet());
  }
}
