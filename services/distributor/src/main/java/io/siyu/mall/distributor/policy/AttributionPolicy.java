package io.siyu.mall.distributor.policy;

import io.siyu.mall.platform.dated.Dated;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How members are bound and orders credited. A version never changes; of those that have begun the
 * newest is in force.
 *
 * @param protectedDays {@code PROTECTED}: days without order after which a newer share wins
 * @param touchHours hours in which a touch decides before the binding does
 * @param selfPurchaseEarns whether a distributor earns on what they buy themselves
 */
public record AttributionPolicy(
    long version,
    BindingMode mode,
    int protectedDays,
    int touchHours,
    boolean selfPurchaseEarns,
    Instant effectiveFrom,
    String changedBy)
    implements Dated {

  public AttributionPolicy {
    Objects.requireNonNull(mode);
    Validation.start()
        .range("protected_days", protectedDays, 0, Bounds.PROTECTED_DAYS)
        .range("touch_hours", touchHours, 1, Bounds.TOUCH_HOURS)
        .check();
  }

  /** How long a touch decides. */
  public Duration touchWindow() {
    return Duration.ofHours(touchHours);
  }

  /** How long a member is protected from other shares after the binding or the last order. */
  public Duration protection() {
    return Duration.ofDays(protectedDays);
  }
}
