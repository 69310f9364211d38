package io.siyu.mall.membership.member;

/**
 * A phone number as it is stored.
 *
 * @param sealed encrypted
 * @param hash keyed, to find it by
 */
public record SealedPhone(String sealed, String hash) {}
