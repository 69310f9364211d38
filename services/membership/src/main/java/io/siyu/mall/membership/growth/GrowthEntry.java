package io.siyu.mall.membership.growth;

import java.util.UUID;

/**
 * One line of a member's growth, append only.
 *
 * @param delta growth value added, negative for a refund, and 0 where the fen do not make a yuan
 */
public record GrowthEntry(UUID id, GrowthFact fact, long delta) {}
