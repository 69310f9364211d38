package io.siyu.mall.cps.attribution;

import io.siyu.mall.cps.platform.Platform;
import java.util.UUID;

/**
 * A distributor as an outside platform knows them.
 *
 * @param id what goes out with their links and comes back with the orders
 */
public record SubAffiliate(Platform platform, UUID distributorId, String id) {}
