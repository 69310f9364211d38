package io.siyu.mall.cps.order;

import java.time.Instant;

/**
 * When it happened, as the platform says; of two times told for one thing the earlier one stays.
 *
 * @param modifiedAt of the document that the order is as it is by
 * @param payableFrom when the platform's payment month is closed; null before it is settled
 */
public record Times(
    Instant createdAt,
    Instant paidAt,
    Instant receivedAt,
    Instant settledAt,
    Instant modifiedAt,
    Instant payableFrom) {

  static Times of(OrderDocument d) {
    return new Times(
        d.createdAt(), d.paidAt(), d.receivedAt(), d.settledAt(), d.modifiedAt(), d.payableFrom());
  }

  Times with(OrderDocument d, boolean newer) {
    return new Times(
        earlier(createdAt, d.createdAt()),
        earlier(paidAt, d.paidAt()),
        earlier(receivedAt, d.receivedAt()),
        earlier(settledAt, d.settledAt()),
        newer ? d.modifiedAt() : modifiedAt,
        earlier(payableFrom, d.payableFrom()));
  }

  private static Instant earlier(Instant known, Instant told) {
    if (known == null || told == null) {
      return known == null ? told : known;
    }
    return told.isBefore(known) ? told : known;
  }
}
