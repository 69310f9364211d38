package io.siyu.mall.catalog.imports;

import io.siyu.mall.platform.state.Transitions;

/** Where an import stands. There is none before its file has arrived whole. */
public enum ImportState {
  /** Rows are being read. */
  RUNNING,
  /** Every row was taken. */
  SUCCEEDED,
  /** Finished, with rows that were refused. */
  SUCCEEDED_WITH_ERRORS,
  /** Stopped; the rows taken before stay, and the same file can be sent again. */
  FAILED;

  /** What may follow what. */
  public static final Transitions<ImportState> TABLE =
      Transitions.of(ImportState.class)
          .from(RUNNING)
          .to(SUCCEEDED, SUCCEEDED_WITH_ERRORS, FAILED)
          .build();
}
