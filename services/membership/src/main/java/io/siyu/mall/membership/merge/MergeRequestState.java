package io.siyu.mall.membership.merge;

import io.siyu.mall.platform.state.Transitions;

/** Where the question whether two members are one person stands. */
public enum MergeRequestState {
  /** Asked; both go on by themselves. */
  REQUESTED,
  /** They are, and one of them goes on as the other. */
  CONFIRMED,
  /** They stay two; it can be asked again. */
  REJECTED;

  /** The one table of transitions. */
  public static final Transitions<MergeRequestState> TABLE =
      Transitions.of(MergeRequestState.class).from(REQUESTED).to(CONFIRMED, REJECTED).build();
}
