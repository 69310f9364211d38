package io.siyu.mall.cps.claim;

import io.siyu.mall.cps.distributor.DistributorClient;
import io.siyu.mall.cps.order.CreditByClaim;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/** Claims are made by distributors and decided by staff, once. */
@ApplicationScoped
public class ClaimCommands {

  public static final String NOTHING_TO_CREDIT = "CPS_NOTHING_TO_CREDIT";

  private final Claims claims;
  private final CreditByClaim credit;
  private final DistributorClient distributors;
  private final Clock clock;

  ClaimCommands(Claims claims, CreditByClaim credit, DistributorClient distributors, Clock clock) {
    this.claims = claims;
    this.credit = credit;
    this.distributors = distributors;
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
                    seller.uplineId(),
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
   * Credits every part of the order that nobody is credited with.
   *
   * @throws DomainException {@value #NOTHING_TO_CREDIT}, in the Uni, when there is none: it is not
   *     known yet, or somebody else was faster
   */
  public Uni<Claim> accept(SqlTransaction tx, UUID id, String by) {
    return claims
        .lock(tx, id)
        .map(claim -> claim.decided(ClaimState.ACCEPTED, by, "", clock.instant()))
        .call(
            claim ->
                credit
                    .credit(
                        tx,
                        claim.platform(),
                        claim.orderNo(),
                        claim.distributorId(),
                        claim.uplineId())
                    .invoke(ClaimCommands::checkCredited))
        .call(claim -> claims.decide(tx, claim));
  }

  public Uni<Claim> reject(SqlTransaction tx, UUID id, String by, String reason) {
    return claims
        .lock(tx, id)
        .map(claim -> claim.decided(ClaimState.REJECTED, by, reason, clock.instant()))
        .call(claim -> claims.decide(tx, claim));
  }

  private static void checkCredited(int orders) {
    if (orders == 0) {
      throw DomainException.precondition(
          NOTHING_TO_CREDIT, "the order is not known, or somebody is credited with it");
    }
  }
}
