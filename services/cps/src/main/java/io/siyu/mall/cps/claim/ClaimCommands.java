package io.siyu.mall.cps.claim;

import io.siyu.mall.cps.distributor.DistributorClient;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.cps.order.Claimant;
import io.siyu.mall.cps.order.CreditByClaim;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/** Claims are made by distributors and decided by staff, once. */
@ApplicationScoped
public class ClaimCommands {

  public static final String NOTHING_TO_CREDIT = "CPS_NOTHING_TO_CREDIT";
  public static final String CLAIMANT_NOT_ACTIVE = "CPS_CLAIMANT_NOT_ACTIVE";

  private final Claims claims;
  private final CreditByClaim credit;
  private final DistributorClient distributors;
  private final SqlReader reader;
  private final Clock clock;

  ClaimCommands(
      Claims claims,
      CreditByClaim credit,
      DistributorClient distributors,
      SqlReader reader,
      Clock clock) {
    this.claims = claims;
    this.credit = credit;
    this.distributors = distributors;
    this.reader = reader;
    this.clock = clock;
  }

  /** The claim that the calling distributor makes; nothing is stored yet. */
  public Uni<Claim> prepare(UUID id, Platform platform, String orderNo, String note) {
    return distributors
        .activeMe()
        .map(
            seller ->
                new Claim(
                    id,
                    platform,
                    orderNo,
                    seller.distributorId(),
                    null,
                    ClaimState.OPEN,
                    note,
                    "",
                    "",
                    clock.instant(),
                    null));
  }

  public Uni<Claim> create(SqlTransaction tx, Claim claim) {
    return claims.add(tx, claim).replaceWith(claim);
  }

  /**
   * The claimant as they are now, by whom a claim is decided; asked outside of any transaction.
   *
   * @throws DomainException {@value #CLAIMANT_NOT_ACTIVE}, in the Uni
   */
  public Uni<Claimant> claimant(UUID id) {
    return claims
        .get(reader, id)
        .chain(
            claim ->
                distributors
                    .sellers(Set.of(claim.distributorId()))
                    .map(
                        sellers -> {
                          Seller seller = sellers.credited(claim.distributorId());
                          if (seller == null) {
                            throw DomainException.precondition(
                                CLAIMANT_NOT_ACTIVE,
                                "only an active distributor can be credited; reject the claim");
                          }
                          return new Claimant(seller, sellers.asOf());
                        }));
  }

  /**
   * Credits every part of the order that nobody is credited with; parts that are heard of later
   * will be, too.
   *
   * @throws DomainException {@value #NOTHING_TO_CREDIT}, in the Uni, when there is none: it is not
   *     known yet, or somebody else was faster
   */
  public Uni<Claim> accept(SqlTransaction tx, UUID id, Claimant claimant, String by) {
    return claims
        .lock(tx, id)
        .map(
            claim ->
                claim.accepted(
                    claimant.seller().distributorId(),
                    claimant.seller().uplineId(),
                    by,
                    claimant.asOf()))
        .call(
            claim ->
                credit
                    .credit(tx, claim.platform(), claim.orderNo(), claimant)
                    .invoke(ClaimCommands::checkCredited))
        .call(claim -> claims.decide(tx, claim));
  }

  public Uni<Claim> reject(SqlTransaction tx, UUID id, String by, String reason) {
    return claims
        .lock(tx, id)
        .map(claim -> claim.rejected(by, reason, clock.instant()))
        .call(claim -> claims.decide(tx, claim));
  }

  private static void checkCredited(int orders) {
    if (orders == 0) {
      throw DomainException.precondition(
          NOTHING_TO_CREDIT, "the order is not known, or somebody is credited with it");
    }
  }
}
