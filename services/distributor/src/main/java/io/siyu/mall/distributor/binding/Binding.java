package io.siyu.mall.distributor.binding;

import io.siyu.mall.distributor.policy.BindingMode;
import java.time.Instant;
import java.util.UUID;

/**
 * The fact that a member belongs to a distributor, from one instant to another. It is written once
 * and ended once.
 *
 * @param touchId the touch that opened it; null otherwise
 * @param endedAt null while it is open
 */
public record Binding(
    UUID id,
    UUID memberId,
    UUID distributorId,
    BindingMode mode,
    BindingOrigin openedBy,
    UUID touchId,
    long policyVersion,
    String reason,
    String changedBy,
    Instant startedAt,
    Instant endedAt,
    String endReason) {}
