package io.siyu.mall.cps.claim;

import io.siyu.mall.cps.platform.Platform;
import java.time.Instant;
import java.util.UUID;

/**
 * A claim; decided once.
 *
 * @param distributorId the claimant's seat: the one that claimed, and once it is accepted the one
 *     that is credited
 * @param uplineId the claimant's, credited with it, when it was accepted; null if there was none
 * @param decidedBy empty while it is open
 * @param decidedAt null while it is open
 */
public record Claim(
    UUID id,
    Platform platform,
    String orderNo,
    UUID distributorId,
    UUID uplineId,
    ClaimState state,
    String note,
    String decidedBy,
    String reason,
    Instant createdAt,
    Instant decidedAt) {

  /**
   * The claim as it was accepted.
   *
   * @param seat the claimant's as they are then, which is what is credited, also with parts of the
   *     order that are heard of later
   */
  Claim accepted(UUID seat, UUID upline, String by, Instant at) {
    return decided(ClaimState.ACCEPTED, seat, upline, by, "", at);
  }

  /** The claim as it was rejected. */
  Claim rejected(String by, String why, Instant at) {
    return decided(ClaimState.REJECTED, distributorId, null, by, why, at);
  }

  private Claim decided(
      ClaimState next, UUID seat, UUID upline, String by, String why, Instant at) {
    ClaimState.TABLE.check(state, next);
    return new Claim(id, platform, orderNo, seat, upline, next, note, by, why, createdAt, at);
  }
}
