package io.siyu.mall.cps.attribution;

import io.siyu.mall.platform.dated.Dated;
import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.text.Bounds;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What part of a commission is passed on: by a ladder of what the distributor had settled in the
 * month before.
 *
 * @param effectiveFrom orders made from then on are shared by it
 * @param steps from the first one up; one step is the same for everybody
 * @param createdBy who decided it
 */
public record SharePolicy(
    long version,
    Instant effectiveFrom,
    List<ShareStep> steps,
    String createdBy,
    Instant createdAt,
    String note)
    implements Dated {

  private static final int WHOLE = 10_000;

  public SharePolicy {
    steps = List.copyOf(steps);
  }

  /** The policy in force at the time; the first one before all. */
  public static SharePolicy at(Collection<SharePolicy> policies, Instant time) {
    return new Timeline<>(policies)
        .at(time)
        .or(() -> policies.stream().min(Comparator.comparing(SharePolicy::version)))
        .orElseThrow(() -> new IllegalStateException("there is no share policy"));
  }

  /** Whether it matters what somebody had settled. */
  public boolean isLadder() {
    return steps.size() > 1;
  }

  /** The highest step that so much reaches. */
  public ShareStep stepFor(Money settled) {
    return steps.stream()
        .filter(step -> step.from().compareTo(settled) <= 0)
        .max(Comparator.comparing(ShareStep::from))
        .orElseThrow(() -> new IllegalStateException("a policy without a first step"));
  }

  /** Adds what is wrong with the steps of a new policy. */
  static Validation check(Validation validation, List<ShareStep> steps) {
    validation.require(
        !steps.isEmpty() && steps.size() <= Bounds.SHARE_STEPS,
        "steps",
        "must be 1 to " + Bounds.SHARE_STEPS);
    for (int i = 0; i < steps.size(); i++) {
      ShareStep step = steps.get(i);
      String field = "steps[" + i + "]";
      boolean rises =
          i == 0 ? step.from().isZero() : step.from().compareTo(steps.get(i - 1).from()) > 0;
      validation
          .require(rises, field + ".from", i == 0 ? "must be 0" : "must be above the one before")
          .require(
              step.directBasisPoints() >= 0
                  && step.uplineBasisPoints() >= 0
                  && (long) step.directBasisPoints() + step.uplineBasisPoints() <= WHOLE,
              field,
              "direct and upline must be 0 to " + WHOLE + " basis points together");
    }
    return validation;
  }
}
