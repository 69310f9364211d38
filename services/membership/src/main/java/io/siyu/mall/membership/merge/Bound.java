package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.member.MemberView;

/**
 * What became of the wish to have a phone.
 *
 * @param member the binder; after a merge, whoever goes on
 * @param request what staff are asked; null unless they are
 */
public record Bound(Outcome outcome, MemberView member, MergeRequest request) {

  /** As on the wire. */
  public enum Outcome {
    /** The phone is the binder's. */
    BOUND,
    /** Two members are one now. */
    MERGED,
    /** Nothing has changed yet. */
    MERGE_REQUESTED
  }
}
