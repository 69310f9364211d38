package io.siyu.mall.distributor.sharing;

import io.siyu.mall.platform.error.Validation;
import java.time.Instant;
import java.util.UUID;

/**
 * One opening of a share.
 *
 * @param memberId null while the visitor is not known
 * @param anonymousId made by the client; null for a member
 */
public record Touch(UUID id, Share share, UUID memberId, String anonymousId, Instant openedAt) {

  public Touch {
    Validation.start()
        .require(
            memberId != null
                || anonymousId != null && !anonymousId.isBlank() && anonymousId.length() <= 64,
            "anonymous_id",
            "must have 1 to 64 characters unless a member calls")
        .check();
  }
}
