package io.siyu.mall.order.order;

/**
 * To whom parcels go, ready to be stored.
 *
 * @param sealedAddress the {@link Address}, encrypted
 * @param phoneHash a keyed hash of {@link Address#phoneDigits()}, to find orders by
 */
public record Receiver(String sealedAddress, String phoneHash) {}
