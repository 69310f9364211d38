package io.siyu.mall.distributor.correction;

import io.siyu.mall.platform.state.Transitions;

/** Where the correction of a real name stands. */
public enum NameCorrectionState {
  /** Asked for; nobody has decided yet, and the old name holds. */
  REQUESTED,
  /** The name is corrected. */
  APPROVED,
  /** Turned down; it can be asked for again. */
  REJECTED;

  /** The only transitions there are. */
  public static final Transitions<NameCorrectionState> TRANSITIONS =
      Transitions.of(NameCorrectionState.class).from(REQUESTED).to(APPROVED, REJECTED).build();
}
