package io.siyu.mall.cps.order;

import io.siyu.mall.cps.distributor.Seller;
import java.time.Instant;

/**
 * Whose claim on an order number was accepted: they are credited with each part of the order that
 * nobody is credited with, also with parts that are heard of later.
 *
 * @param seller as they were when it was decided
 * @param asOf when that was
 */
public record Claimant(Seller seller, Instant asOf) {}
