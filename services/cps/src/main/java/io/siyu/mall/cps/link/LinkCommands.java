package io.siyu.mall.cps.link;

import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Item;
import io.siyu.mall.cps.affiliate.PlatformException;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.attribution.SubAffiliate;
import io.siyu.mall.cps.attribution.SubAffiliates;
import io.siyu.mall.cps.distributor.DistributorClient;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/** Makes links that carry a distributor's id. */
@ApplicationScoped
public class LinkCommands {

  public static final String PLATFORM_UNAVAILABLE = "CPS_PLATFORM_UNAVAILABLE";
  public static final String PLATFORM_REFUSED = "CPS_PLATFORM_REFUSED";
  public static final String UNKNOWN_ADDRESS = "CPS_UNKNOWN_ADDRESS";
  public static final String SUB_AFFILIATE_TAKEN = "CPS_SUB_AFFILIATE_TAKEN";

  private final Platforms platforms;
  private final SubAffiliates subAffiliates;
  private final DistributorClient distributors;
  private final SqlReader reader;
  private final Clock clock;

  LinkCommands(
      Platforms platforms,
      SubAffiliates subAffiliates,
      DistributorClient distributors,
      SqlReader reader,
      Clock clock) {
    this.platforms = platforms;
    this.subAffiliates = subAffiliates;
    this.distributors = distributors;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * What is wanted.
   *
   * @param platform null: told by the address
   * @param authorization the distributor's own at the platform; empty: ours
   */
  public record Wish(Platform platform, Item item, String authorization) {}

  /** Asks the platform for the link, outside of any transaction; nothing is stored yet. */
  public Uni<Link> convert(UUID linkId, Wish wish) {
    AffiliatePlatform platform = platforms.require(platform(wish));
    return distributors
        .activeMe()
        .chain(seller -> subAffiliate(platform, seller, wish.authorization()))
        .chain(
            owner ->
                platform
                    .convert(wish.item(), owner.id())
                    .map(target -> new Link(linkId, owner, target, clock.instant())))
        .onFailure(PlatformException.class)
        .transform(failure -> refusal((PlatformException) failure));
  }

  /** Stores the link. */
  public Uni<Void> save(SqlTransaction tx, Link link) {
    return tx.execute(
            "INSERT INTO links (id, platform, distributor_id, sub_affiliate_id, item_id, url,"
                + " short_url, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            link.id(),
            link.owner().platform(),
            link.owner().distributorId(),
            link.owner().id(),
            link.target().itemId(),
            link.target().url(),
            link.target().shortUrl(),
            link.createdAt())
        .replaceWithVoid();
  }

  /**
   * The distributor's id, stored before a link is made with it: of two first links made at once
   * both carry the one that is stored, else the orders of the other would be nobody's.
   */
  private Uni<SubAffiliate> subAffiliate(
      AffiliatePlatform platform, Seller seller, String authorization) {
    return subAffiliates
        .find(reader, platform.platform(), seller.distributorId())
        .chain(
            known ->
                known
                    .map(stored -> Uni.createFrom().item(stored))
                    .orElseGet(() -> register(platform, seller, authorization)));
  }

  private Uni<SubAffiliate> register(
      AffiliatePlatform platform, Seller seller, String authorization) {
    return platform
        .register(seller.distributorId(), authorization)
        .map(id -> new SubAffiliate(platform.platform(), seller.distributorId(), id))
        .chain(
            fresh ->
                subAffiliates
                    .save(fresh, clock.instant())
                    .chain(
                        stored ->
                            stored
                                .map(known -> Uni.createFrom().item(known))
                                .orElseGet(() -> ofAnEarlierSeat(fresh))));
  }

  /**
   * The id that the platform knows the account by since an earlier seat: its orders are the present
   * one's anyway, so links go on with it.
   */
  private Uni<SubAffiliate> ofAnEarlierSeat(SubAffiliate fresh) {
    return subAffiliates
        .byId(reader, fresh.platform(), Set.of(fresh.id()))
        .map(known -> known.get(fresh.id()).distributorId())
        .chain(
            owner ->
                distributors
                    .sellers(Set.of(owner))
                    .map(
                        sellers -> {
                          Seller seat = sellers.credited(owner);
                          if (seat == null || !seat.distributorId().equals(fresh.distributorId())) {
                            throw taken();
                          }
                          return fresh;
                        }));
  }

  /** The platform gave an id that somebody else has: their orders must not be mixed up. */
  private static DomainException taken() {
    return DomainException.precondition(
        SUB_AFFILIATE_TAKEN,
        "the platform knows this account as another distributor; authorise an own one");
  }

  private Platform platform(Wish wish) {
    if (wish.platform() != null) {
      return wish.platform();
    }
    return wish.item().url() == null
        ? Platform.TAOBAO
        : platforms
            .of(wish.item().url())
            .orElseThrow(
                () ->
                    DomainException.precondition(
                        UNKNOWN_ADDRESS, "the address leads to no platform that is known"));
  }

  private static DomainException refusal(PlatformException failure) {
    return failure.canBeTriedAgain()
        ? new DomainException(
            Kind.UNAVAILABLE, PLATFORM_UNAVAILABLE, "the platform does not answer; try again")
        : DomainException.precondition(
            PLATFORM_REFUSED, "the platform makes no link for this: " + failure.code());
  }
}
