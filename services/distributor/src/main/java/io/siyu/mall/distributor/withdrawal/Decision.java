package io.siyu.mall.distributor.withdrawal;

import java.time.Instant;

/**
 * What a member of staff decided about a withdrawal, or what followed from that by rule.
 *
 * @param by the subject of their token; {@value #SYSTEM} for what follows by rule
 * @param reason empty where none is asked for
 */
public record Decision(Kind kind, String by, String reason, Instant at) {

  public static final String SYSTEM = "SYSTEM";

  /** What can be decided. */
  public enum Kind {
    APPROVED,
    REJECTED,
    /** Agreed to, but waits for the distributor to be resumed. */
    HELD,
    /** Goes on, or goes back to finance, since the distributor is suspended no more. */
    RELEASED,
    /** The provider is told again. */
    RETRIED,
    /** The provider is told no more. */
    GIVEN_UP
  }
}
