package io.siyu.mall.local;

import java.time.Duration;

/** Where a long-running command tells what it does. Called from several threads. */
public interface Progress {

  /** Tells nothing. */
  Progress SILENT =
      new Progress() {
        @Override
        public void doing(String what) {}

        @Override
        public void done(String what, String result, Duration took) {}
      };

  /** Something that takes a while begins. */
  void doing(String what);

  /**
   * Something is done.
   *
   * @param what one or two words
   * @param result what came out
   */
  void done(String what, String result, Duration took);
}
