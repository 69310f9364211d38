package io.siyu.mall.distributor.binding;

import io.siyu.mall.distributor.policy.AttributionPolicy;
import java.time.Instant;
import java.util.UUID;

/** Decides whether a share opened by a member changes whom the member belongs to. Pure. */
public final class BindingPolicy {

  private BindingPolicy() {}

  /** What is to be done. */
  public enum Verdict {
    /** There is no open binding: open one. */
    OPEN,
    /** End the open one and open another. */
    REPLACE,
    /** Leave all as it is. */
    KEEP
  }

  /**
   * What is known of the member.
   *
   * @param boundTo whom the member belongs to; null: nobody
   * @param boundSince since when; null: nobody
   * @param boundToLiving whether that distributor has not closed for good
   * @param lastPaidAt the member's last paid order; null: none
   */
  public record Situation(
      UUID boundTo, Instant boundSince, boolean boundToLiving, Instant lastPaidAt) {}

  /**
   * The verdict on a share of {@code candidate} opened at {@code openedAt}. A member whose
   * distributor closed for good is free under every mode; a share older than the binding never
   * wins.
   */
  public static Verdict decide(
      AttributionPolicy policy, Situation situation, UUID candidate, Instant openedAt) {
    if (situation.boundTo() == null) {
      return Verdict.OPEN;
    }
    if (situation.boundTo().equals(candidate)) {
      return Verdict.KEEP;
    }
    if (!situation.boundToLiving()) {
      return Verdict.REPLACE;
    }
    if (openedAt.isBefore(situation.boundSince())) {
      return Verdict.KEEP;
    }
    return switch (policy.mode()) {
      case FIRST_TOUCH -> Verdict.KEEP;
      case LAST_TOUCH -> Verdict.REPLACE;
      case PROTECTED ->
          protectionOver(policy, situation, openedAt) ? Verdict.REPLACE : Verdict.KEEP;
    };
  }

  private static boolean protectionOver(
      AttributionPolicy policy, Situation situation, Instant openedAt) {
    Instant from = situation.boundSince();
    if (situation.lastPaidAt() != null && situation.lastPaidAt().isAfter(from)) {
      from = situation.lastPaidAt();
    }
    return !openedAt.isBefore(from.plus(policy.protection()));
  }
}
