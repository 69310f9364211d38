package io.siyu.mall.platform.notes;

import io.siyu.mall.platform.state.Transitions;

/** States of a {@link Note}. */
public enum NoteState {
  DRAFT,
  WRITTEN,
  BURNT;

  /** The one table. */
  public static final Transitions<NoteState> TABLE =
      Transitions.of(NoteState.class)
          .from(DRAFT)
          .to(WRITTEN, BURNT)
          .from(WRITTEN)
          .to(BURNT)
          .build();
}
