package io.siyu.mall.distributor.sharing;

import io.siyu.mall.distributor.attribution.AttributionProto;
import io.siyu.mall.distributor.attribution.Channel;
import io.siyu.mall.distributor.binding.Binding;
import io.siyu.mall.distributor.fan.FanQueries;
import io.siyu.mall.distributor.policy.AttributionPolicy;
import io.siyu.mall.distributor.policy.BindingMode;
import io.siyu.mall.distributor.policy.Policies;
import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.distributor.v1.Binding.Mode;
import io.siyu.mall.proto.distributor.v1.Fan;
import io.siyu.mall.proto.distributor.v1.ShareTarget;

/** Shares, touches, bindings, fans and policies on the wire. */
final class SharingProto {

  private SharingProto() {}

  static io.siyu.mall.proto.distributor.v1.Share to(Share share) {
    return io.siyu.mall.proto.distributor.v1.Share.newBuilder()
        .setShareCode(share.code())
        .setDistributorId(ProtoIds.to(share.distributorId()))
        .setDistributorName(share.distributorName())
        .setChannel(io.siyu.mall.proto.common.v1.Channel.valueOf(share.channel().name()))
        .setTarget(
            ShareTarget.newBuilder()
                .setType(ShareTarget.Type.valueOf(share.targetType().name()))
                .setId(share.targetId()))
        .setCreatedAt(ProtoTime.to(share.createdAt()))
        .build();
  }

  static io.siyu.mall.proto.distributor.v1.Touch to(Touch touch, String anonymousId) {
    return io.siyu.mall.proto.distributor.v1.Touch.newBuilder()
        .setTouchId(ProtoIds.to(touch.id()))
        .setShare(to(touch.share()))
        .setOpenedAt(ProtoTime.to(touch.openedAt()))
        .setAnonymousId(anonymousId)
        .build();
  }

  static io.siyu.mall.proto.distributor.v1.Binding to(Binding binding) {
    var message =
        io.siyu.mall.proto.distributor.v1.Binding.newBuilder()
            .setBindingId(ProtoIds.to(binding.id()))
            .setMemberId(ProtoIds.to(binding.memberId()))
            .setDistributorId(ProtoIds.to(binding.distributorId()))
            .setMode(Mode.valueOf(binding.mode().name()))
            .setOpenedBy(binding.openedBy().name())
            .setReason(binding.reason())
            .setStartedAt(ProtoTime.to(binding.startedAt()))
            .setEndReason(binding.endReason());
    if (binding.endedAt() != null) {
      message.setEndedAt(ProtoTime.to(binding.endedAt()));
    }
    return message.build();
  }

  static Fan to(FanQueries.Fan fan) {
    Fan.Builder message =
        Fan.newBuilder()
            .setMemberId(ProtoIds.to(fan.memberId()))
            .setBoundAt(ProtoTime.to(fan.boundAt()))
            .setPaidOrders(fan.paidOrders())
            .setEffective(fan.effective());
    if (fan.lastOrderAt() != null) {
      message.setLastOrderAt(ProtoTime.to(fan.lastOrderAt()));
    }
    return message.build();
  }

  static io.siyu.mall.proto.distributor.v1.AttributionPolicy to(Policies.Standing standing) {
    return to(standing.policy()).toBuilder()
        .addAllScheduled(standing.scheduled().stream().map(SharingProto::to).toList())
        .addAllReplacedVersions(Timeline.numbers(standing.replaced()))
        .build();
  }

  private static io.siyu.mall.proto.distributor.v1.AttributionPolicy to(AttributionPolicy policy) {
    return io.siyu.mall.proto.distributor.v1.AttributionPolicy.newBuilder()
        .setVersion(policy.version())
        .setBindingMode(Mode.valueOf(policy.mode().name()))
        .setProtectedDays(policy.protectedDays())
        .setTouchHours(policy.touchHours())
        .setSelfPurchaseEarns(policy.selfPurchaseEarns())
        .setEffectiveFrom(ProtoTime.to(policy.effectiveFrom()))
        .setChangedBy(policy.changedBy())
        .build();
  }

  static BindingMode mode(Mode mode) {
    return switch (mode) {
      case MODE_UNSPECIFIED, UNRECOGNIZED ->
          throw DomainException.invalid("binding_mode", "must be given");
      default -> BindingMode.valueOf(mode.name());
    };
  }

  static Channel channel(io.siyu.mall.proto.common.v1.Channel channel) {
    Channel known = AttributionProto.channel("channel", channel);
    if (known == null) {
      throw DomainException.invalid("channel", "must be given");
    }
    return known;
  }

  static TargetType targetType(ShareTarget.Type type) {
    return switch (type) {
      case TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw DomainException.invalid("target.type", "must be given");
      default -> TargetType.valueOf(type.name());
    };
  }
}
