package io.siyu.mall.membership.growth;

import java.time.Instant;
import java.util.UUID;

/**
 * Where a member stands.
 *
 * @param nextLevelAt growth value at which the next level begins; 0 at the highest
 * @param validUntil null at level 0
 */
public record GrowthView(
    UUID memberId, long value, int level, String levelName, long nextLevelAt, Instant validUntil) {}
