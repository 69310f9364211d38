package io.siyu.mall.distributor.withdrawal;

import java.time.Instant;

/**
 * What a member of staff decided about a withdrawal.
 *
 * @param by the subject of their token
 * @param reason empty where none is asked for
 */
public record Decision(Kind kind, String by, String reason, Instant at) {

  /** What can be decided. */
  public enum Kind {
    APPROVED,
    REJECTED,
    /** The provider is told again. */
    RETRIED,
    /** The provider is told no more. */
    GIVEN_UP
  }
}
