package io.siyu.mall.membership.merge;

/** What becomes of two members of whom one has proved to have the other's phone. */
enum MergeRule {
  /** The one who binds has nothing that would be missed, and goes on as the one with the phone. */
  BINDER_IS_ABSORBED,
  /** The one with the phone has nothing but it, and goes on as the one who binds. */
  HOLDER_IS_ABSORBED,
  /** A phone number may be given to another person: where both have history, people decide. */
  STAFF_DECIDE;

  /** The rule. */
  static MergeRule of(boolean binderHasHistory, boolean holderHasHistory) {
    if (!binderHasHistory) {
      return BINDER_IS_ABSORBED;
    }
    return holderHasHistory ? STAFF_DECIDE : HOLDER_IS_ABSORBED;
  }
}
