package io.siyu.mall.cps.order;

import io.siyu.mall.cps.attribution.SharePolicies;
import io.siyu.mall.cps.attribution.SharePolicy;
import io.siyu.mall.cps.attribution.Standing;
import io.siyu.mall.cps.attribution.Standings;
import io.siyu.mall.cps.attribution.SubAffiliate;
import io.siyu.mall.cps.attribution.SubAffiliates;
import io.siyu.mall.cps.distributor.DistributorClient;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.cps.distributor.Sellers;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Looks up, outside of any transaction, what of a page of documents is news: most of what platforms
 * are asked for was heard before, and costs one read. Nothing found here is relied on without being
 * checked when it is written: an order that is new must not be there, one that is known is locked
 * and read again. Claw-backs alone are taken as found: one run at a time brings them, and not while
 * it brings orders.
 */
@ApplicationScoped
public class LookUpDocuments {

  private final SqlReader reader;
  private final CpsOrders orders;
  private final SubAffiliates subAffiliates;
  private final SharePolicies policies;
  private final Standings standings;
  private final DistributorClient distributors;
  private final Pool pool;

  LookUpDocuments(
      SqlReader reader,
      CpsOrders orders,
      SubAffiliates subAffiliates,
      SharePolicies policies,
      Standings standings,
      DistributorClient distributors,
      Pool pool) {
    this.reader = reader;
    this.orders = orders;
    this.subAffiliates = subAffiliates;
    this.policies = policies;
    this.standings = standings;
    this.distributors = distributors;
    this.pool = pool;
  }

  /** Finds the news in a page of one platform's documents. */
  public Uni<PageOfNews> lookUp(Platform platform, List<OrderDocument> documents) {
    if (documents.isEmpty()) {
      return Uni.createFrom().item(PageOfNews.nothing(platform, documents));
    }
    Set<UUID> ids = documents.stream().map(d -> d.key().id()).collect(Collectors.toSet());
    return orders
        .known(reader, ids)
        .chain(
            known -> {
              Set<String> subs = undecided(known, documents);
              boolean same =
                  subs.isEmpty() && documents.stream().allMatch(d -> isSame(known, d, Map.of()));
              return same
                  ? Uni.createFrom().item(PageOfNews.nothing(platform, documents))
                  : subAffiliates
                      .byId(reader, platform, subs)
                      .chain(found -> news(platform, documents, known, found));
            });
  }

  private Uni<PageOfNews> news(
      Platform platform,
      List<OrderDocument> documents,
      Map<UUID, StoredOrder> known,
      Map<String, SubAffiliate> subs) {
    List<OrderDocument> news = documents.stream().filter(d -> !isSame(known, d, subs)).toList();
    if (news.isEmpty()) {
      return Uni.createFrom().item(PageOfNews.nothing(platform, documents));
    }
    Set<UUID> ids = news.stream().map(d -> d.key().id()).collect(Collectors.toSet());
    Set<UUID> stored = new HashSet<>(ids);
    stored.retainAll(known.keySet());
    return Uni.combine()
        .all()
        .unis(orders.clawedBack(reader, ids), policies.all(reader), sellers(subs))
        .asTuple()
        .chain(
            read ->
                standings(standingsOf(news, known, subs, read.getItem3(), read.getItem2()))
                    .map(
                        found ->
                            new PageOfNews(
                                platform,
                                documents,
                                news,
                                stored,
                                read.getItem1(),
                                subs,
                                read.getItem3(),
                                read.getItem2(),
                                found)));
  }

  /** Of a page with orders that are new: one question for all of them. */
  private Uni<Sellers> sellers(Map<String, SubAffiliate> subs) {
    return distributors.sellers(
        subs.values().stream().map(SubAffiliate::distributorId).collect(Collectors.toSet()));
  }

  private Uni<Map<Standing, Money>> standings(Set<Standing> wanted) {
    return wanted.isEmpty()
        ? Uni.createFrom().item(Map.of())
        : pool.withTransaction(connection -> standings.of(SqlTransaction.of(connection), wanted));
  }

  /** Those that a ladder asks for: of whoever is credited, by when the order was made. */
  private static Set<Standing> standingsOf(
      List<OrderDocument> news,
      Map<UUID, StoredOrder> known,
      Map<String, SubAffiliate> subs,
      Sellers sellers,
      List<SharePolicy> policies) {
    Set<Standing> wanted = new HashSet<>();
    for (OrderDocument document : news) {
      StoredOrder order = known.get(document.key().id());
      SubAffiliate sub =
          subs.get(
              order == null || order.subAffiliateId() == null
                  ? document.subAffiliateId()
                  : order.subAffiliateId());
      Seller seller = sub == null ? null : sellers.credited(sub.distributorId());
      if (seller != null && (order == null || !order.decided())) {
        Instant made = document.createdAt();
        if (order != null && order.createdAt().isBefore(made)) {
          made = order.createdAt();
        }
        if (SharePolicy.at(policies, made).isLadder()) {
          wanted.add(Standing.of(seller.distributorId(), made));
        }
      }
    }
    return wanted;
  }

  /** Ids of orders that are not decided yet: somebody may have taken the id meanwhile. */
  private static Set<String> undecided(
      Map<UUID, StoredOrder> known, List<OrderDocument> documents) {
    Set<String> subs = new HashSet<>();
    for (OrderDocument document : documents) {
      StoredOrder order = known.get(document.key().id());
      if (order == null || !order.decided()) {
        subs.add(document.subAffiliateId());
        subs.add(order == null ? null : order.subAffiliateId());
      }
    }
    subs.remove(null);
    return subs;
  }

  private static boolean isSame(
      Map<UUID, StoredOrder> known, OrderDocument document, Map<String, SubAffiliate> subs) {
    StoredOrder order = known.get(document.key().id());
    return order != null
        && order.documentHash().equals(document.hash())
        && (order.decided()
            || order.subAffiliateId() == null
            || !subs.containsKey(order.subAffiliateId()));
  }
}
