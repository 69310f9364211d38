package io.siyu.mall.cps.sync;

import io.siyu.mall.platform.state.Transitions;

/** A run over one platform. */
public enum SyncState {
  /** Asked for by staff. */
  QUEUED,
  RUNNING,
  SUCCEEDED,
  /** Some of it is done and stays; the next one goes on there. */
  FAILED;

  public static final Transitions<SyncState> TABLE =
      Transitions.of(SyncState.class)
          .from(QUEUED)
          .to(RUNNING)
          .from(RUNNING)
          .to(SUCCEEDED, FAILED)
          .build();
}
