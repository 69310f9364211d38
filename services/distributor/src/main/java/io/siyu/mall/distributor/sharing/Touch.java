package io.siyu.mall.distributor.sharing;

import java.time.Instant;
import java.util.UUID;

/**
 * One opening of a share.
 *
 * @param memberId null while the visitor is not known
 * @param visitorId of a visitor by {@link Visitors}; null for a member
 */
public record Touch(UUID id, Share share, UUID memberId, String visitorId, Instant openedAt) {}
