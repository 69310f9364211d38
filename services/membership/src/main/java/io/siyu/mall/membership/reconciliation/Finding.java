package io.siyu.mall.membership.reconciliation;

/**
 * One value that is not what it has to be.
 *
 * @param key what it is about, for example {@code member/018f…}
 * @param amount size of the difference, in growth points or levels
 */
record Finding(String key, String expected, String actual, long amount, String message) {}
