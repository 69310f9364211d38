package io.siyu.mall.membership.member;

import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.membership.v1.ListMembersResponse;

/** Members on the wire. */
public final class MemberProto {

  private MemberProto() {}

  /** One member. */
  public static io.siyu.mall.proto.membership.v1.Member member(MemberView view) {
    return io.siyu.mall.proto.membership.v1.Member.newBuilder()
        .setMemberId(view.id().toString())
        .setNickname(view.nickname())
        .setAvatarUrl(view.avatarUrl())
        .setPhoneMasked(view.phoneMasked())
        .setLevel(view.level())
        .setLevelName(view.levelName())
        .setGrowthValue(view.growthValue())
        .setVersion(view.version())
        .setRegisteredAt(ProtoTime.to(view.registeredAt()))
        .setMergedInto(view.mergedInto() == null ? "" : view.mergedInto().toString())
        .addAllMergedIds(view.mergedIds().stream().map(MemberId::toString).toList())
        .build();
  }

  /** One page. */
  public static ListMembersResponse page(MemberPage page) {
    return ListMembersResponse.newBuilder()
        .addAllMembers(page.members().stream().map(MemberProto::member).toList())
        .setNextPageToken(page.nextPageToken())
        .build();
  }
}
