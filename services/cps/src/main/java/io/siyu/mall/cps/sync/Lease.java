package io.siyu.mall.cps.sync;

import io.siyu.mall.cps.platform.Platform;
import java.util.UUID;

/**
 * Who works on a platform. The owner is a new one with each run, so that it also tells one run from
 * the next.
 */
public record Lease(Platform platform, UUID owner) {}
