package io.siyu.mall.cps.sync;

import io.siyu.mall.cps.platform.Platform;
import java.time.Instant;
import java.util.UUID;

/**
 * One run over one platform.
 *
 * @param startedBy {@code SCHEDULE}, or who asked for it
 * @param endedAt null while it runs
 */
public record Sync(
    UUID id,
    Platform platform,
    SyncState state,
    String startedBy,
    Tally tally,
    String error,
    Instant startedAt,
    Instant endedAt) {

  /**
   * What a run has done.
   *
   * @param changed documents that changed an order
   */
  public record Tally(long windows, long pages, long documents, long changed) {
    public static final Tally NONE = new Tally(0, 0, 0, 0);

    /** With one more page. */
    Tally page(long moreDocuments, long moreChanged) {
      return new Tally(windows, pages + 1, documents + moreDocuments, changed + moreChanged);
    }

    /** With one more window finished. */
    Tally window() {
      return new Tally(windows + 1, pages, documents, changed);
    }
  }
}
