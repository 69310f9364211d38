package io.siyu.mall.cps.order;

import io.siyu.mall.cps.attribution.SharePolicy;
import io.siyu.mall.cps.attribution.Standing;
import io.siyu.mall.cps.attribution.SubAffiliate;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.cps.distributor.Sellers;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.money.Money;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A page of documents, and all there is to know before those that say something new are taken.
 *
 * @param documents all of the page
 * @param news those of them that can change something
 * @param known orders of the news that are stored already
 * @param clawedBack what is taken back of the others, told before they were
 * @param subs distributors behind the ids that the orders came with, as far as it is not decided
 *     yet who is credited
 * @param sellers which of these are credited with what is heard of now
 * @param standings of these, as far as a ladder asks for them
 */
public record PageOfNews(
    Platform platform,
    List<OrderDocument> documents,
    List<OrderDocument> news,
    Set<UUID> known,
    Map<UUID, Money> clawedBack,
    Map<String, SubAffiliate> subs,
    Sellers sellers,
    List<SharePolicy> policies,
    Map<Standing, Money> standings) {

  static PageOfNews nothing(Platform platform, List<OrderDocument> documents) {
    return new PageOfNews(
        platform,
        documents,
        List.of(),
        Set.of(),
        Map.of(),
        Map.of(),
        Sellers.NONE,
        List.of(),
        Map.of());
  }

  /** The distributor that an order is credited to by its id; null: nobody is. */
  Seller seller(SubAffiliate sub) {
    return sub == null ? null : sellers.credited(sub.distributorId());
  }
}
