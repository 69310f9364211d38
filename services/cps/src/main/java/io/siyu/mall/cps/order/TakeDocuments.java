package io.siyu.mall.cps.order;

import io.siyu.mall.cps.attribution.SharePolicy;
import io.siyu.mall.cps.attribution.SubAffiliate;
import io.siyu.mall.cps.attribution.SubAffiliates;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.outbox.Outbox;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes what platforms say into the orders: a set at a time, in one transaction, by a handful of
 * statements however many there are. What changes nothing writes nothing.
 */
@ApplicationScoped
public class TakeDocuments {

  private static final int CONFLICT_RETRIES = 3;

  private final Pool pool;
  private final CpsOrders orders;
  private final SubAffiliates subAffiliates;
  private final Outbox outbox;
  private final Clock clock;

  TakeDocuments(
      Pool pool, CpsOrders orders, SubAffiliates subAffiliates, Outbox outbox, Clock clock) {
    this.pool = pool;
    this.orders = orders;
    this.subAffiliates = subAffiliates;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** What came of it. */
  public record Taken(int documents, int changed) {
    /** Both together. */
    public Taken plus(Taken other) {
      return new Taken(documents + other.documents, changed + other.changed);
    }
  }

  /** Takes orders of one platform. */
  public Uni<Taken> orders(Platform platform, List<OrderDocument> documents) {
    if (documents.isEmpty()) {
      return Uni.createFrom().item(new Taken(0, 0));
    }
    return inTransaction(tx -> take(tx, platform, documents))
        .map(changed -> new Taken(documents.size(), changed));
  }

  /** Takes claw-backs of one platform; those of orders that are not known yet wait for them. */
  public Uni<Taken> clawbacks(List<Clawback> clawbacks) {
    if (clawbacks.isEmpty()) {
      return Uni.createFrom().item(new Taken(0, 0));
    }
    Set<UUID> ids = clawbacks.stream().map(one -> one.order().id()).collect(Collectors.toSet());
    return inTransaction(
            tx ->
                orders
                    .lock(tx, ids)
                    .call(() -> orders.saveClawbacks(tx, clawbacks))
                    .chain(
                        known ->
                            orders
                                .clawedBack(tx, ids)
                                .chain(sums -> save(tx, known, withSums(known, sums)))))
        .map(changed -> new Taken(clawbacks.size(), changed));
  }

  /**
   * Makes settled orders payable whose payment month is closed.
   *
   * @return how many; less than the limit means that there are no more
   */
  public Uni<Integer> releasePayable(int limit) {
    Instant now = clock.instant();
    return inTransaction(
        tx ->
            orders
                .due(tx, now, limit)
                .chain(ids -> orders.lock(tx, ids))
                .chain(
                    known -> {
                      Map<UUID, CpsOrder> after = new LinkedHashMap<>();
                      known.forEach((id, order) -> after.put(id, order.at(now)));
                      return save(tx, known, after);
                    }));
  }

  private Uni<Integer> take(SqlTransaction tx, Platform platform, List<OrderDocument> documents) {
    Set<UUID> ids = documents.stream().map(d -> d.key().id()).collect(Collectors.toSet());
    Set<String> credited =
        documents.stream()
            .map(OrderDocument::subAffiliateId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return orders
        .lock(tx, ids)
        .chain(
            known ->
                orders
                    .keep(tx, unknownDocuments(known, documents), clock.instant())
                    .chain(() -> orders.clawedBack(tx, ids))
                    .chain(
                        sums ->
                            subAffiliates
                                .byId(tx, platform, credited)
                                .chain(
                                    subs ->
                                        subAffiliates
                                            .policies(tx)
                                            .chain(
                                                policies ->
                                                    save(
                                                        tx,
                                                        known,
                                                        merged(
                                                            known, documents, sums, subs,
                                                            policies))))));
  }

  /** Documents that the orders are not as they are by; most of a repeated page falls away here. */
  private static List<OrderDocument> unknownDocuments(
      Map<UUID, CpsOrder> known, List<OrderDocument> documents) {
    return documents.stream()
        .filter(
            d -> {
              CpsOrder order = known.get(d.key().id());
              return order == null || !order.documentHash().equals(d.hash());
            })
        .toList();
  }

  private Map<UUID, CpsOrder> merged(
      Map<UUID, CpsOrder> known,
      List<OrderDocument> documents,
      Map<UUID, Money> sums,
      Map<String, SubAffiliate> subs,
      List<SharePolicy> policies) {
    Instant now = clock.instant();
    Map<UUID, CpsOrder> after = new LinkedHashMap<>();
    for (OrderDocument document : documents) {
      UUID id = document.key().id();
      CpsOrder before = after.getOrDefault(id, known.get(id));
      after.put(id, before == null ? CpsOrder.of(document) : before.with(document));
    }
    after.replaceAll(
        (id, order) ->
            order
                .withClawedBack(sums.getOrDefault(id, Money.ZERO))
                .creditedTo(credit(order, subs, policies))
                .at(now));
    return after;
  }

  private static Credit credit(
      CpsOrder order, Map<String, SubAffiliate> subs, List<SharePolicy> policies) {
    SubAffiliate sub = order.subAffiliateId() == null ? null : subs.get(order.subAffiliateId());
    if (sub == null) {
      return null;
    }
    SharePolicy policy = SharePolicy.at(policies, order.times().createdAt());
    return new Credit(
        Credit.Reason.SUB_AFFILIATE,
        sub.distributorId(),
        sub.uplineId(),
        sub.id(),
        policy.version(),
        policy.directBasisPoints(),
        sub.uplineId() == null ? 0 : policy.uplineBasisPoints());
  }

  private static Map<UUID, CpsOrder> withSums(Map<UUID, CpsOrder> known, Map<UUID, Money> sums) {
    Map<UUID, CpsOrder> after = new LinkedHashMap<>();
    known.forEach(
        (id, order) -> after.put(id, order.withClawedBack(sums.getOrDefault(id, Money.ZERO))));
    return after;
  }

  /** Stores what differs, and tells it. */
  Uni<Integer> save(SqlTransaction tx, Map<UUID, CpsOrder> before, Map<UUID, CpsOrder> after) {
    Collection<CpsOrder> changed = new ArrayList<>();
    after.forEach(
        (id, order) -> {
          if (!order.equals(before.get(id))) {
            changed.add(order.changed());
          }
        });
    return orders
        .save(tx, changed)
        .chain(() -> outbox.add(tx, CpsOrderProto.events(changed)))
        .replaceWith(changed.size());
  }

  private <T> Uni<T> inTransaction(Function<SqlTransaction, Uni<T>> work) {
    return pool.withTransaction(connection -> work.apply(SqlTransaction.of(connection)))
        .onFailure(DatabaseErrors::isDeadlock)
        .retry()
        .atMost(CONFLICT_RETRIES);
  }
}
