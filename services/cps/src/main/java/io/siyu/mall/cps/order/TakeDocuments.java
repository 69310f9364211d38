package io.siyu.mall.cps.order;

import io.siyu.mall.cps.attribution.SharePolicy;
import io.siyu.mall.cps.attribution.Standing;
import io.siyu.mall.cps.attribution.SubAffiliate;
import io.siyu.mall.cps.distributor.Seller;
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
  private final LookUpDocuments lookUp;
  private final ClaimedCredit claimed;
  private final Outbox outbox;
  private final Clock clock;

  TakeDocuments(
      Pool pool,
      CpsOrders orders,
      LookUpDocuments lookUp,
      ClaimedCredit claimed,
      Outbox outbox,
      Clock clock) {
    this.pool = pool;
    this.orders = orders;
    this.lookUp = lookUp;
    this.claimed = claimed;
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
    return lookUp.lookUp(platform, documents).chain(page -> orders(page, Fence.NONE));
  }

  /** Takes a page that was looked up before; it is looked up again if it is outdated by now. */
  public Uni<Taken> orders(PageOfNews page, Fence fence) {
    return orders(page, fence, CONFLICT_RETRIES)
        .map(changed -> new Taken(page.documents().size(), changed));
  }

  private Uni<Integer> orders(PageOfNews page, Fence fence, int retries) {
    if (page.news().isEmpty()) {
      return Uni.createFrom().item(0);
    }
    return pool.withTransaction(
            connection -> {
              SqlTransaction tx = SqlTransaction.of(connection);
              return fence.check(tx).chain(() -> take(tx, page));
            })
        .onFailure(failure -> retries > 0 && isOutdated(failure))
        .recoverWithUni(
            () ->
                lookUp
                    .lookUp(page.platform(), page.documents())
                    .chain(again -> orders(again, fence, retries - 1)));
  }

  private static boolean isOutdated(Throwable failure) {
    return DatabaseErrors.isDeadlock(failure) || DatabaseErrors.isDuplicateKey(failure);
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

  private Uni<Integer> take(SqlTransaction tx, PageOfNews page) {
    // First of all, as accepting a claim goes the same way: the claim, then its orders.
    return claimed
        .claimants(tx, page.platform(), unclaimed(page))
        .chain(
            claimants ->
                orders
                    .lock(tx, page.known())
                    .chain(
                        known ->
                            orders
                                .keep(tx, unknownDocuments(known, page.news()), clock.instant())
                                .chain(() -> claimed.credit(tx, merged(known, page), claimants))
                                .chain(after -> save(tx, known, after))));
  }

  /** Numbers of new orders that nobody is credited with: a claim may have been accepted before. */
  private static Set<String> unclaimed(PageOfNews page) {
    return page.news().stream()
        .filter(d -> !page.known().contains(d.key().id()))
        .filter(d -> page.seller(page.subs().get(d.subAffiliateId())) == null)
        .map(d -> d.key().orderNo())
        .collect(Collectors.toSet());
  }

  /** Documents that the orders are not as they are by. */
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

  private Map<UUID, CpsOrder> merged(Map<UUID, CpsOrder> known, PageOfNews page) {
    Instant now = clock.instant();
    Map<UUID, CpsOrder> after = new LinkedHashMap<>();
    for (OrderDocument document : page.news()) {
      UUID id = document.key().id();
      CpsOrder before = after.getOrDefault(id, known.get(id));
      after.put(id, before == null ? CpsOrder.of(document) : before.with(document));
    }
    after.replaceAll(
        (id, order) ->
            decided(order, page)
                .withClawedBack(page.clawedBack().getOrDefault(id, Money.ZERO))
                .at(now));
    return after;
  }

  /** The order as its id decides, once somebody is known by that. */
  private static CpsOrder decided(CpsOrder order, PageOfNews page) {
    SubAffiliate sub =
        order.subAffiliateId() == null ? null : page.subs().get(order.subAffiliateId());
    if (sub == null) {
      return order;
    }
    Instant made = order.times().createdAt();
    Seller seller = page.seller(sub);
    Credit credit =
        seller == null
            ? null
            : Credit.by(
                SharePolicy.at(page.policies(), made),
                page.standings()
                    .getOrDefault(Standing.of(seller.distributorId(), made), Money.ZERO),
                Credit.Reason.SUB_AFFILIATE,
                seller,
                sub.id());
    return order.decided(credit, page.sellers().asOf());
  }

  /** Stores what differs, and tells it. */
  Uni<Integer> save(SqlTransaction tx, Map<UUID, CpsOrder> before, Map<UUID, CpsOrder> after) {
    Collection<CpsOrder> changed = new ArrayList<>();
    Collection<CpsOrder> fresh = new ArrayList<>();
    after.forEach(
        (id, order) -> {
          if (!before.containsKey(id)) {
            fresh.add(order.changed());
          } else if (!order.equals(before.get(id))) {
            changed.add(order.changed());
          }
        });
    return orders
        .add(tx, fresh)
        .chain(() -> orders.save(tx, changed))
        .invoke(() -> changed.addAll(fresh))
        .chain(() -> outbox.add(tx, CpsOrderProto.events(changed)))
        .map(done -> changed.size());
  }

  /** Again when it was a deadlock. */
  <T> Uni<T> inTransaction(Function<SqlTransaction, Uni<T>> work) {
    return pool.withTransaction(connection -> work.apply(SqlTransaction.of(connection)))
        .onFailure(DatabaseErrors::isDeadlock)
        .retry()
        .atMost(CONFLICT_RETRIES);
  }
}
