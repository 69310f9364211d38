package io.siyu.mall.distributor.distributor;

import io.siyu.mall.distributor.distributor.DistributorQueries.InviteView;
import io.siyu.mall.distributor.distributor.DistributorQueries.Page;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.distributor.v1.ListDistributorsResponse;
import io.siyu.mall.proto.distributor.v1.ListInvitesResponse;
import io.siyu.mall.proto.distributor.v1.ListTeamResponse;

/** Distributors and invites on the wire. */
final class DistributorProto {

  private DistributorProto() {}

  static io.siyu.mall.proto.distributor.v1.Distributor to(DistributorView view) {
    var message =
        io.siyu.mall.proto.distributor.v1.Distributor.newBuilder()
            .setDistributorId(ProtoIds.to(view.id()))
            .setMemberId(ProtoIds.to(view.memberId()))
            .setState(
                io.siyu.mall.proto.distributor.v1.DistributorState.valueOf(view.state().name()))
            .setDisplayName(view.displayName())
            .setUplineId(ProtoIds.to(view.uplineId()))
            .setInvitedBy(view.invitedBy())
            .setRealNameMasked(view.realNameMasked())
            .setPhoneMasked(view.phoneMasked())
            .setIdNumberMasked(view.idNumberMasked())
            .setEffectiveFans(view.effectiveFans())
            .setStateReason(view.stateReason())
            .setVersion(view.version())
            .setAppliedAt(ProtoTime.to(view.appliedAt()));
    if (view.activatedAt() != null) {
      message.setActivatedAt(ProtoTime.to(view.activatedAt()));
    }
    return message.build();
  }

  static io.siyu.mall.proto.distributor.v1.Invite to(Invite invite) {
    return to(
        new InviteView(
            invite.code(),
            invite.inviter().kind(),
            invite.inviter().id(),
            invite.usesLeft(),
            invite.expiresAt(),
            invite.createdAt()));
  }

  static io.siyu.mall.proto.distributor.v1.Invite to(InviteView view) {
    return io.siyu.mall.proto.distributor.v1.Invite.newBuilder()
        .setInviteCode(view.code())
        .setInviterKind(view.inviterKind().name())
        .setInviterId(view.inviterId())
        .setUsesLeft(view.usesLeft())
        .setExpiresAt(ProtoTime.to(view.expiresAt()))
        .setCreatedAt(ProtoTime.to(view.createdAt()))
        .build();
  }

  static ListDistributorsResponse list(Page<DistributorView> page) {
    var response = ListDistributorsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.items().forEach(view -> response.addDistributors(to(view)));
    return response.build();
  }

  static ListTeamResponse team(Page<DistributorView> page) {
    var response = ListTeamResponse.newBuilder().setNextPageToken(page.nextToken());
    page.items().forEach(view -> response.addDistributors(to(view)));
    return response.build();
  }

  static ListInvitesResponse invites(Page<InviteView> page) {
    var response = ListInvitesResponse.newBuilder().setNextPageToken(page.nextToken());
    page.items().forEach(view -> response.addInvites(to(view)));
    return response.build();
  }

  /** Null for "any". */
  static DistributorState state(io.siyu.mall.proto.distributor.v1.DistributorState state) {
    return switch (state) {
      case DISTRIBUTOR_STATE_UNSPECIFIED -> null;
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is unknown");
      default -> DistributorState.valueOf(state.name());
    };
  }
}
