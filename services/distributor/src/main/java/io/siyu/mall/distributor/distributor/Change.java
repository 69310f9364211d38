package io.siyu.mall.distributor.distributor;

import java.time.Instant;

/**
 * What happened to a distributor, who did it and why; kept for ever.
 *
 * @param what {@code STATE} or {@code UPLINE}
 */
public record Change(
    String what, String oldValue, String newValue, String reason, String by, Instant at) {}
