package io.siyu.mall.cps.order;

import java.time.Instant;

/**
 * What tells whether a document is news of an order that is stored.
 *
 * @param documentHash of the document that the order is as it is by
 * @param subAffiliateId null if it came without one
 * @param decided whether it is decided who is credited, also that nobody is
 */
public record StoredOrder(
    String documentHash, String subAffiliateId, boolean decided, Instant createdAt) {}
