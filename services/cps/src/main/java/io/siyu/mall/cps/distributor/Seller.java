package io.siyu.mall.cps.distributor;

import java.util.UUID;

/**
 * A distributor as the distributor service sees them.
 *
 * @param distributorId the seat that is credited: the one that the member of whoever was asked for
 *     has then, which need not be the one that a link was made under
 * @param uplineId who is credited at the second level; null if nobody is
 * @param active whether they are credited with what is heard of now, and may make links and claims
 */
public record Seller(UUID distributorId, UUID uplineId, boolean active) {}
