package io.siyu.mall.gateway.partner;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.Fan;
import io.siyu.mall.proto.distributor.v1.Invite;
import io.siyu.mall.proto.distributor.v1.ListFansResponse;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.List;

/** A distributor and the people around them, as the distributor sees them. */
final class DistributorViews {

  private DistributorViews() {}

  /** Where a distributor stands. */
  public enum DistributorState {
    APPLIED,
    ACTIVE,
    REJECTED,
    SUSPENDED,
    CLOSED
  }

  /**
   * Applying to sell.
   *
   * @param realName needed to be paid; encrypted where it is stored
   * @param idNumber that taxes are declared under; encrypted where it is stored
   */
  public record PartnerApplicationRequest(
      @NotBlank @Text(TextType.INVITE_CODE) String inviteCode,
      @NotBlank @Text(TextType.SELLER_NAME) String displayName,
      @NotBlank @Text(TextType.REAL_NAME) String realName,
      @NotBlank @Text(TextType.PHONE) String phone,
      @Text(TextType.ID_NUMBER) String idNumber,
      @Text(TextType.NOTE) String note) {}

  /** Inviting others. */
  public record PartnerInviteRequest(
      @Min(1) @Max(Bounds.INVITE_USES) Integer uses,
      @Min(1) @Max(Bounds.INVITE_DAYS) Integer validDays,
      @Text(TextType.NOTE) String note) {}

  /** The distributor that the caller is, in whatever state. */
  public record PartnerProfile(
      String distributorId,
      DistributorState state,
      String displayName,
      @Nullable String uplineId,
      @Nullable String realNameMasked,
      @Nullable String phoneMasked,
      @Nullable String idNumberMasked,
      long effectiveFans,
      @Nullable String stateReason,
      @Nullable Instant appliedAt,
      @Nullable Instant activatedAt) {

    static PartnerProfile of(Distributor d) {
      return new PartnerProfile(
          d.getDistributorId(),
          Wire.read(DistributorState.class, d.getState()),
          d.getDisplayName(),
          Wire.text(d.getUplineId()),
          Wire.text(d.getRealNameMasked()),
          Wire.text(d.getPhoneMasked()),
          Wire.text(d.getIdNumberMasked()),
          d.getEffectiveFans(),
          Wire.text(d.getStateReason()),
          Wire.instant(d.hasAppliedAt(), d.getAppliedAt()),
          Wire.instant(d.hasActivatedAt(), d.getActivatedAt()));
    }
  }

  /** Somebody whom the caller recruited. */
  public record PartnerTeamMember(
      String distributorId,
      DistributorState state,
      String displayName,
      long effectiveFans,
      @Nullable Instant activatedAt) {

    static PartnerTeamMember of(Distributor d) {
      return new PartnerTeamMember(
          d.getDistributorId(),
          Wire.read(DistributorState.class, d.getState()),
          d.getDisplayName(),
          d.getEffectiveFans(),
          Wire.instant(d.hasActivatedAt(), d.getActivatedAt()));
    }
  }

  /** An invite code. */
  public record PartnerInvite(
      String inviteCode, int usesLeft, @Nullable Instant expiresAt, @Nullable Instant createdAt) {

    static PartnerInvite of(Invite invite) {
      return new PartnerInvite(
          invite.getInviteCode(),
          invite.getUsesLeft(),
          Wire.instant(invite.hasExpiresAt(), invite.getExpiresAt()),
          Wire.instant(invite.hasCreatedAt(), invite.getCreatedAt()));
    }
  }

  /** A bound member; {@code effective} from the first paid order on. */
  public record PartnerFan(
      String memberId,
      long paidOrders,
      boolean effective,
      @Nullable Instant boundAt,
      @Nullable Instant lastOrderAt) {

    static PartnerFan of(Fan fan) {
      return new PartnerFan(
          fan.getMemberId(),
          fan.getPaidOrders(),
          fan.getEffective(),
          Wire.instant(fan.hasBoundAt(), fan.getBoundAt()),
          Wire.instant(fan.hasLastOrderAt(), fan.getLastOrderAt()));
    }
  }

  /** One page of fans, and how many of all of them are effective. */
  public record PartnerFanPage(
      List<PartnerFan> items, @Nullable String nextPageToken, long effectiveFans) {

    static PartnerFanPage of(ListFansResponse page) {
      return new PartnerFanPage(
          Wire.list(page.getFansList(), PartnerFan::of),
          Wire.text(page.getNextPageToken()),
          page.getEffectiveFans());
    }
  }
}
