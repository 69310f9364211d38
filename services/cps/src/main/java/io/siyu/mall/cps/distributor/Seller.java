package io.siyu.mall.cps.distributor;

import java.util.UUID;

/**
 * A distributor as far as it matters here.
 *
 * @param uplineId null if there is none
 */
public record Seller(UUID distributorId, UUID uplineId, boolean active) {}
