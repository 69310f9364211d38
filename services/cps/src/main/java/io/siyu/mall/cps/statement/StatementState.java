package io.siyu.mall.cps.statement;

import io.siyu.mall.platform.state.Transitions;

/** A statement of a platform and month. */
public enum StatementState {
  /** To be made. */
  QUEUED,
  RUNNING,
  /** Ours and theirs are compared, as of the time it ended. */
  DONE,
  /** The platform could not be read to the end. */
  FAILED;

  public static final Transitions<StatementState> TABLE =
      Transitions.of(StatementState.class)
          .from(QUEUED)
          .to(RUNNING)
          .from(RUNNING)
          .to(DONE, FAILED)
          .from(DONE)
          .to(QUEUED)
          .from(FAILED)
          .to(QUEUED)
          .build();
}
