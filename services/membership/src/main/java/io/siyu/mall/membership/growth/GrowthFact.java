package io.siyu.mall.membership.growth;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/**
 * What another service said about an order, as far as it moves growth.
 *
 * @param sourceId unique within the source
 * @param amount paid less refunded at completion, or what was refunded afterwards; never negative
 * @param at business time of the fact, not of its arrival
 */
public record GrowthFact(
    GrowthSource source, String sourceId, UUID orderId, Money amount, Instant at) {

  /** Business time; a completion comes before the refunds of the same instant. */
  static final Comparator<GrowthFact> IN_TIME =
      Comparator.comparing(GrowthFact::at)
          .thenComparing(GrowthFact::source)
          .thenComparing(GrowthFact::sourceId);

  public GrowthFact {
    Objects.requireNonNull(source);
    Objects.requireNonNull(orderId);
    Objects.requireNonNull(at);
    if (sourceId.isBlank() || amount.minor() < 0) {
      throw new IllegalArgumentException("a growth fact needs a source id and an amount");
    }
  }
}
