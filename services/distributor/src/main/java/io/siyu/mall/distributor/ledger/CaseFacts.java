package io.siyu.mall.distributor.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * What is known of an after-sale case.
 *
 * @param openedAt null while only its end is known
 * @param endedAt null while it is open
 */
public record CaseFacts(UUID caseId, UUID lineId, Instant openedAt, Instant endedAt) {

  /**
   * Whether it holds the line's commission back at that completion. A case that was opened after
   * the order was completed does not: what was released stays released until something is refunded.
   */
  boolean pauses(Instant completedAt) {
    return openedAt != null
        && endedAt == null
        && (completedAt == null || !openedAt.isAfter(completedAt));
  }
}
