package io.siyu.mall.cps.claim;

import io.siyu.mall.cps.platform.Platform;
import java.time.Instant;
import java.util.UUID;

/**
 * A claim; decided once.
 *
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

  /** The claim as it was decided. */
  Claim decided(ClaimState next, UUID upline, String by, String why, Instant at) {
    ClaimState.TABLE.check(state, next);
    return new Claim(
        id, platform, orderNo, distributorId, upline, next, note, by, why, createdAt, at);
  }
}
