package io.siyu.mall.distributor.distributor;

/**
 * Who a distributor is, ready to be stored: what identifies a person is encrypted, a mask of it can
 * be shown, and a keyed hash of the phone finds the same person again (taxes add up per person).
 */
public record Person(
    String realNameEncrypted,
    String realNameMasked,
    String phoneEncrypted,
    String phoneMasked,
    String personHash,
    String openid) {}
