package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.member.MemberId;
import java.time.Instant;

/**
 * One member goes on as another; append only.
 *
 * @param by the caller's key, or the subject of the staff's token
 * @param requestId of the request that did it
 * @param at business time
 */
record Merge(
    MemberId absorbed, MemberId survivor, Why why, String by, String requestId, Instant at) {

  /** Who found that they are one person. */
  enum Why {
    /** The phone, and one of them had no history. */
    AUTOMATIC,
    /** Staff. */
    STAFF
  }
}
