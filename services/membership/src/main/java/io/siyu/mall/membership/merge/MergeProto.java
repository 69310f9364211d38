package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.member.MemberProto;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.personal.Masks;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.membership.v1.BindPhoneResponse;
import io.siyu.mall.proto.membership.v1.MemberMerged;

/** Merges on the wire; phones masked. */
public final class MergeProto {

  private MergeProto() {}

  /** What became of the wish to have a phone. */
  public static BindPhoneResponse bound(Bound bound) {
    return BindPhoneResponse.newBuilder()
        .setOutcome(BindPhoneResponse.Outcome.valueOf(bound.outcome().name()))
        .setMember(MemberProto.member(bound.member()))
        .setMergeRequestId(bound.request() == null ? "" : ProtoIds.to(bound.request().id()))
        .build();
  }

  /** The event. */
  static MemberMerged event(Merge merge) {
    return MemberMerged.newBuilder()
        .setAbsorbedMemberId(merge.absorbed().toString())
        .setSurvivorMemberId(merge.survivor().toString())
        .setMergedAt(ProtoTime.to(merge.at()))
        .build();
  }

  static io.siyu.mall.proto.membership.v1.MergeRequest request(
      MergeRequest r, PersonalCipher cipher) {
    var message =
        io.siyu.mall.proto.membership.v1.MergeRequest.newBuilder()
            .setMergeRequestId(ProtoIds.to(r.id()))
            .setState(io.siyu.mall.proto.membership.v1.MergeRequest.State.valueOf(r.state().name()))
            .setRequesterMemberId(r.requester().toString())
            .setHolderMemberId(r.holder().toString())
            .setPhoneMasked(
                Masks.phone(cipher.decrypt(SqlMergeRequests.phone(r.id()), r.phone().sealed())))
            .setRequestedAt(ProtoTime.to(r.requestedAt()))
            .setSurvivorMemberId(r.survivor() == null ? "" : r.survivor().toString())
            .setDecidedBy(r.decidedBy())
            .setDecisionReason(r.decisionReason());
    if (r.decidedAt() != null) {
      message.setDecidedAt(ProtoTime.to(r.decidedAt()));
    }
    return message.build();
  }

  /** Null for "any". */
  static MergeRequestState state(io.siyu.mall.proto.membership.v1.MergeRequest.State state) {
    return switch (state) {
      case STATE_UNSPECIFIED -> null;
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is unknown");
      default -> MergeRequestState.valueOf(state.name());
    };
  }
}
