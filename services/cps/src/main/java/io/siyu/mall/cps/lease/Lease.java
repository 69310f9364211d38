package io.siyu.mall.cps.lease;

import java.util.UUID;

/**
 * Who does what only one may do at a time. The owner is a new one with each run, so that it also
 * tells one run from the next.
 *
 * @param name of the work
 */
public record Lease(String name, UUID owner) {}
