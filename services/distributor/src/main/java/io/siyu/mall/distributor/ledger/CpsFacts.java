package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * All that is known of an outside order. The service of outside orders tells it cumulatively: of
 * two tellings the one with the greater revision holds, in whatever order they come.
 *
 * @param platform its name
 * @param base the commission after platform fees that shares are computed from: estimated, or as
 *     settled
 * @param takenBack of it, by the platform
 * @param payable settled, and the platform's payment month is closed
 * @param decidedAt as of when it was decided who is credited; null if it is not known
 */
public record CpsFacts(
    UUID orderId,
    long revision,
    String platform,
    String orderNo,
    State state,
    String title,
    Credit credit,
    Money base,
    Money takenBack,
    boolean payable,
    Instant paidAt,
    Instant settledAt,
    Instant payableFrom,
    Instant decidedAt) {

  /** What has become of it. */
  public enum State {
    PAID,
    RECEIVED,
    INVALID,
    SETTLED,
    CLAWED_BACK
  }

  /**
   * Who is credited, frozen when it first was.
   *
   * @param byClaim whether staff accepted a claim; else the order came back with the distributor's
   *     id
   * @param uplineId null if there is none
   * @param policyStep of the policy's ladder; 0 if it is not known
   * @param settledBefore what the distributor had settled in the month before, by which the step
   *     was found; null if the policy has one step only
   */
  public record Credit(
      boolean byClaim,
      UUID distributorId,
      UUID uplineId,
      long policyVersion,
      int policyStep,
      Money settledBefore,
      int directBasisPoints,
      int uplineBasisPoints) {}
}
