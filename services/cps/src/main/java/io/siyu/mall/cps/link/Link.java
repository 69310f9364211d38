package io.siyu.mall.cps.link;

import io.siyu.mall.cps.affiliate.ConvertedLink;
import io.siyu.mall.cps.attribution.SubAffiliate;
import java.time.Instant;
import java.util.UUID;

/** A link that a distributor shares. */
public record Link(UUID id, SubAffiliate owner, ConvertedLink target, Instant createdAt) {}
