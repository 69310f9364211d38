package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * What a beneficiary earns on an order line at one level, and where it stands. It holds at all
 * times that {@code earned − reversed = pending + frozen + released}.
 *
 * @param released became available, whether or not it was withdrawn since
 * @param paused whether an open after-sale case holds it back
 */
public record Commission(
    UUID id,
    Source source,
    UUID orderId,
    UUID lineId,
    Level level,
    UUID beneficiary,
    Money base,
    Money earned,
    Money reversed,
    Money pending,
    Money frozen,
    Money released,
    boolean paused,
    Instant createdAt) {

  public Commission {
    if (!earned.minus(reversed).equals(pending.plus(frozen).plus(released))) {
      throw new IllegalArgumentException("a commission that does not add up: line " + lineId);
    }
  }

  /** A commission that nothing was booked for yet, to compare the first derived one with. */
  static Commission none(Commission derived) {
    return new Commission(
        derived.id,
        derived.source,
        derived.orderId,
        derived.lineId,
        derived.level,
        derived.beneficiary,
        derived.base,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        false,
        derived.createdAt);
  }

  /** The same figures under the id and date of the one that is stored. */
  Commission as(Commission stored) {
    return new Commission(
        stored.id,
        source,
        orderId,
        lineId,
        level,
        beneficiary,
        base,
        earned,
        reversed,
        pending,
        frozen,
        released,
        paused,
        stored.createdAt);
  }

  static UUID newId() {
    return Ids.next();
  }

  /** One level of one line; there is at most one commission for it. */
  public record Key(UUID lineId, Level level) {}

  public Key key() {
    return new Key(lineId, level);
  }
}
