package io.siyu.mall.cps.order;

import java.util.UUID;

/**
 * Who is credited with an outside order, and with what part of the commission; frozen when the
 * order is first credited.
 *
 * @param uplineId null if there is none
 * @param subAffiliateId the id that the order came back with; null for a claim
 */
public record Credit(
    Reason reason,
    UUID distributorId,
    UUID uplineId,
    String subAffiliateId,
    long policyVersion,
    int directBasisPoints,
    int uplineBasisPoints) {

  /** Why. */
  public enum Reason {
    SUB_AFFILIATE,
    CLAIM
  }
}
