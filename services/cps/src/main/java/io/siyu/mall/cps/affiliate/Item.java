package io.siyu.mall.cps.affiliate;

/**
 * Something to be shared: by its address or by its number.
 *
 * @param url null if the number is given
 * @param itemId null if the address is given
 */
public record Item(String url, String itemId) {}
