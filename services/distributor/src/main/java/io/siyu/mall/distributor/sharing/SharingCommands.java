package io.siyu.mall.distributor.sharing;

import io.siyu.mall.distributor.attribution.Channel;
import io.siyu.mall.distributor.binding.BindingCommands;
import io.siyu.mall.distributor.distributor.Seat;
import io.siyu.mall.distributor.identity.Survivors;
import io.siyu.mall.distributor.policy.Policies;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Sharing, opening, and what an opening does to bindings; inside the caller's transaction. */
@ApplicationScoped
public class SharingCommands {

  public static final String SHARE_NOT_FOUND = "SHARE_NOT_FOUND";
  public static final String TARGET_NOT_ON_SALE = "SHARE_TARGET_NOT_ON_SALE";
  public static final String TARGET_UNKNOWN = "SHARE_TARGET_UNKNOWN";

  private final Shares shares;
  private final CatalogClient catalog;
  private final BindingCommands bindings;
  private final Policies policies;
  private final Clock clock;

  SharingCommands(
      Shares shares,
      CatalogClient catalog,
      BindingCommands bindings,
      Policies policies,
      Clock clock) {
    this.shares = shares;
    this.catalog = catalog;
    this.bindings = bindings;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * The share that the distributor wants, of something that there is to buy; nothing is stored yet.
   *
   * @throws DomainException {@value #TARGET_NOT_ON_SALE}, {@value #TARGET_UNKNOWN}, in the Uni
   */
  public Uni<Share> prepare(Seat seat, Channel channel, TargetType targetType, String targetId) {
    Share wanted =
        new Share(
            ShareCode.next().value(),
            seat.id(),
            seat.displayName(),
            channel,
            targetType,
            targetId,
            clock.instant());
    return switch (targetType) {
      case SHOP -> Uni.createFrom().item(wanted);
      case PRODUCT ->
          catalog.onSale(targetId).map(id -> wanted.of(id.orElseThrow(SharingCommands::notOnSale)));
      // There are none yet: nobody could find out what was shared.
      case LAUNCH, CHAIN ->
          throw DomainException.precondition(
              TARGET_UNKNOWN, "there is no such " + targetType.name().toLowerCase(Locale.ROOT));
    };
  }

  private static DomainException notOnSale() {
    return DomainException.precondition(
        TARGET_NOT_ON_SALE, "the product is not known, or not on sale");
  }

  /** Stores a share, or returns the same one made before. */
  public Uni<Share> share(SqlTransaction tx, Share wanted) {
    return shares.addOrGet(tx, wanted);
  }

  /**
   * Somebody opened a share. A member's binding follows the policy at once; an anonymous visitor's
   * waits for the sign-in.
   *
   * @param memberId null: a visitor
   * @param visitorId null: a member
   * @throws DomainException SHARE_NOT_FOUND
   */
  public Uni<Touch> open(SqlTransaction tx, String code, UUID memberId, String visitorId) {
    Instant now = clock.instant();
    return shares
        .find(tx, code)
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(SHARE_NOT_FOUND, "there is no such share"))
        .chain(
            share ->
                (memberId == null ? Uni.createFrom().<UUID>nullItem() : Survivors.of(tx, memberId))
                    .map(member -> new Touch(Ids.next(), share, member, visitorId, now)))
        .call(touch -> shares.addTouch(tx, touch))
        .call(
            touch ->
                memberId == null
                    ? Uni.createFrom().voidItem()
                    : bind(
                        tx,
                        touch.memberId(),
                        List.of(new Shares.Merged(touch.id(), touch.share().distributorId(), now)),
                        false));
  }

  /** A visitor signed in: what they opened before is the member's now. */
  public Uni<Void> signedIn(
      SqlTransaction tx, UUID memberId, UUID touchId, String visitorId, boolean registered) {
    return Survivors.of(tx, memberId)
        .chain(
            member ->
                shares
                    .merge(tx, member, touchId, visitorId, clock.instant())
                    .chain(touches -> bind(tx, member, touches, registered)));
  }

  /** Lets the policy see the openings in the order they happened. */
  private Uni<Void> bind(
      SqlTransaction tx, UUID memberId, List<Shares.Merged> touches, boolean registered) {
    if (touches.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return policies
        .current(tx)
        .chain(
            policy -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Shares.Merged touch : touches) {
                all =
                    all.chain(
                        () ->
                            bindings.touched(
                                tx,
                                policy,
                                new BindingCommands.Opening(
                                    memberId,
                                    touch.distributorId(),
                                    touch.touchId(),
                                    touch.openedAt(),
                                    registered)));
              }
              return all;
            });
  }
}
