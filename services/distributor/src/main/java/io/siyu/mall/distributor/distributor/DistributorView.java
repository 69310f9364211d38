package io.siyu.mall.distributor.distributor;

import java.time.Instant;
import java.util.UUID;

/** A distributor as it is shown: nothing in clear that identifies the person. */
public record DistributorView(
    UUID id,
    UUID memberId,
    DistributorState state,
    String displayName,
    UUID uplineId,
    String invitedBy,
    String brandCode,
    String realNameMasked,
    String phoneMasked,
    String idNumberMasked,
    long effectiveFans,
    String stateReason,
    long version,
    Instant appliedAt,
    Instant activatedAt) {}
