package io.siyu.mall.membership.session;

import io.siyu.mall.platform.state.Transitions;

/** Where a sign-in on one device stands. Only an active one can be refreshed. */
public enum SessionState {
  /** Its newest refresh token works until the session expires. */
  ACTIVE,
  /** Ended by the member. */
  SIGNED_OUT,
  /** Ended by us: a used refresh token came again, so somebody else may have it. */
  REVOKED,
  /** Not used for too long, or older than a session may get. */
  EXPIRED;

  /** The one table of transitions. */
  public static final Transitions<SessionState> TABLE =
      Transitions.of(SessionState.class).from(ACTIVE).to(SIGNED_OUT, REVOKED, EXPIRED).build();
}
