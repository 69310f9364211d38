package io.siyu.mall.membership.address;

/**
 * An address as it is stored, each part encrypted.
 *
 * @param place province, city, district and detail
 */
public record SealedAddress(String receiver, String phone, String place) {}
