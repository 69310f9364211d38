package io.siyu.mall.cps.order;

import io.siyu.mall.cps.attribution.SharePolicy;
import io.siyu.mall.cps.attribution.ShareStep;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.platform.money.Money;
import java.util.UUID;

/**
 * Who is credited with an outside order, and with what part of the commission; frozen as it is
 * decided.
 *
 * @param uplineId null if there is none
 * @param subAffiliateId the id that the order came back with; null for a claim
 * @param policyStep of the policy's ladder; 0 for orders that were credited before there were any
 * @param settledBefore what the distributor had settled in the month before, by which the step was
 *     found; null if the policy has one step only
 */
public record Credit(
    Reason reason,
    UUID distributorId,
    UUID uplineId,
    String subAffiliateId,
    long policyVersion,
    int policyStep,
    Money settledBefore,
    int directBasisPoints,
    int uplineBasisPoints) {

  /** A credit by a policy. */
  static Credit by(
      SharePolicy policy,
      Money settledBefore,
      Reason reason,
      Seller seller,
      String subAffiliateId) {
    ShareStep step = policy.stepFor(settledBefore);
    return new Credit(
        reason,
        seller.distributorId(),
        seller.uplineId(),
        subAffiliateId,
        policy.version(),
        step.step(),
        policy.isLadder() ? settledBefore : null,
        step.directBasisPoints(),
        seller.uplineId() == null ? 0 : step.uplineBasisPoints());
  }

  /** Why. */
  public enum Reason {
    SUB_AFFILIATE,
    CLAIM
  }
}
