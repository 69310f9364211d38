package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.member.SealedPhone;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.text.TextType;
import java.time.Instant;
import java.util.UUID;

/**
 * The question to staff whether two members, who both have history, are one person.
 *
 * @param requester who proved to have the phone
 * @param holder whose phone it was
 * @param survivor who goes on; null unless confirmed
 * @param decidedBy the subject of the staff's token; empty: nobody yet
 */
public record MergeRequest(
    UUID id,
    MemberId requester,
    MemberId holder,
    MergeRequestState state,
    SealedPhone phone,
    Instant requestedAt,
    MemberId survivor,
    String decidedBy,
    String decisionReason,
    Instant decidedAt) {

  /** The reason when there is no such request. */
  public static final String NOT_FOUND = "MERGE_REQUEST_NOT_FOUND";

  /** The reason when neither has the phone any more, so that nothing says they are one person. */
  public static final String STALE = "MERGE_REQUEST_STALE";

  /** A new one. */
  public static MergeRequest ask(
      UUID id, MemberId requester, MemberId holder, SealedPhone phone, Instant now) {
    return new MergeRequest(
        id, requester, holder, MergeRequestState.REQUESTED, phone, now, null, "", "", null);
  }

  /**
   * Staff say that they are one person.
   *
   * @param goesOn one of the two
   * @throws DomainException INVALID_ARGUMENT, FAILED_PRECONDITION when it is decided already
   */
  public MergeRequest confirm(MemberId goesOn, String why, String by, Instant now) {
    if (!goesOn.equals(requester) && !goesOn.equals(holder)) {
      throw DomainException.invalid("survivor_member_id", "must be one of the two");
    }
    return decide(MergeRequestState.CONFIRMED, goesOn, why, by, now);
  }

  /**
   * Staff, or what became of one of the two, say that they are not.
   *
   * @throws DomainException INVALID_ARGUMENT, FAILED_PRECONDITION when it is decided already
   */
  public MergeRequest reject(String why, String by, Instant now) {
    return decide(MergeRequestState.REJECTED, null, why, by, now);
  }

  /** Who goes on as the other, once it is confirmed. */
  MemberId absorbed() {
    return survivor.equals(requester) ? holder : requester;
  }

  private MergeRequest decide(
      MergeRequestState next, MemberId goesOn, String why, String by, Instant now) {
    if (!TextType.REASON.required(why).ok()) {
      throw DomainException.invalid("reason", TextType.REASON.required(why).problem());
    }
    MergeRequestState.TABLE.check(state, next);
    return new MergeRequest(
        id,
        requester,
        holder,
        next,
        phone,
        requestedAt,
        goesOn,
        by,
        TextType.REASON.normal(why),
        now);
  }
}
