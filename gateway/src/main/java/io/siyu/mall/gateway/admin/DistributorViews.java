package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.AttributionPolicy;
import io.siyu.mall.proto.distributor.v1.Binding;
import io.siyu.mall.proto.distributor.v1.Distributor;
import io.siyu.mall.proto.distributor.v1.Invite;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/** Distributors, and who belongs to whom, as staff see it. */
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

  /** How bindings change. */
  public enum BindingMode {
    FIRST_TOUCH,
    LAST_TOUCH,
    PROTECTED
  }

  /** Inviting distributors. */
  public record AdminInviteRequest(
      @Min(1) @Max(Bounds.INVITE_USES) Integer uses,
      @Min(1) @Max(Bounds.INVITE_DAYS) Integer validDays,
      @Text(TextType.NOTE) String note) {}

  /** A new upline, or none. */
  public record AdminUplineRequest(
      @Text(TextType.ID) String uplineId, @NotBlank @Text(TextType.REASON) String reason) {}

  /** Binding a member to a distributor, or with none ending the binding. */
  public record AdminBindingRequest(
      @Text(TextType.ID) String distributorId, @NotBlank @Text(TextType.REASON) String reason) {}

  /** A new version of the attribution policy. */
  public record AdminAttributionPolicyRequest(
      @NotNull BindingMode bindingMode,
      @Min(0) @Max(Bounds.PROTECTED_DAYS) Integer protectedDays,
      @NotNull @Min(1) @Max(Bounds.TOUCH_HOURS) Integer touchHours,
      @NotNull Boolean selfPurchaseEarns,
      Instant effectiveFrom,
      @Size(max = 50) List<@NotNull @Min(1) @Max(Bounds.VERSION) Long> replacesVersions) {}

  /** A distributor. */
  public record AdminDistributor(
      String distributorId,
      String memberId,
      DistributorState state,
      String displayName,
      @Nullable String uplineId,
      @Nullable String invitedBy,
      @Nullable String realNameMasked,
      @Nullable String phoneMasked,
      @Nullable String idNumberMasked,
      long effectiveFans,
      @Nullable String stateReason,
      long version,
      @Nullable Instant appliedAt,
      @Nullable Instant activatedAt) {

    static AdminDistributor of(Distributor d) {
      return new AdminDistributor(
          d.getDistributorId(),
          d.getMemberId(),
          Wire.read(DistributorState.class, d.getState()),
          d.getDisplayName(),
          Wire.text(d.getUplineId()),
          Wire.text(d.getInvitedBy()),
          Wire.text(d.getRealNameMasked()),
          Wire.text(d.getPhoneMasked()),
          Wire.text(d.getIdNumberMasked()),
          d.getEffectiveFans(),
          Wire.text(d.getStateReason()),
          d.getVersion(),
          Wire.instant(d.hasAppliedAt(), d.getAppliedAt()),
          Wire.instant(d.hasActivatedAt(), d.getActivatedAt()));
    }
  }

  /** An invite code; the inviter's kind is DISTRIBUTOR, BRAND, PLATFORM or MENTOR. */
  public record AdminInvite(
      String inviteCode,
      String inviterKind,
      @Nullable String inviterId,
      int usesLeft,
      @Nullable Instant expiresAt,
      @Nullable Instant createdAt) {

    static AdminInvite of(Invite i) {
      return new AdminInvite(
          i.getInviteCode(),
          i.getInviterKind(),
          Wire.text(i.getInviterId()),
          i.getUsesLeft(),
          Wire.instant(i.hasExpiresAt(), i.getExpiresAt()),
          Wire.instant(i.hasCreatedAt(), i.getCreatedAt()));
    }
  }

  /** That a member belongs, or belonged, to a distributor. */
  public record AdminBinding(
      String bindingId,
      String memberId,
      String distributorId,
      BindingMode mode,
      String openedBy,
      @Nullable String reason,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String endReason) {

    static AdminBinding of(Binding b) {
      return new AdminBinding(
          b.getBindingId(),
          b.getMemberId(),
          b.getDistributorId(),
          Wire.read(BindingMode.class, b.getMode()),
          b.getOpenedBy(),
          Wire.text(b.getReason()),
          Wire.instant(b.hasStartedAt(), b.getStartedAt()),
          Wire.instant(b.hasEndedAt(), b.getEndedAt()),
          Wire.text(b.getEndReason()));
    }
  }

  /** The policy in force. */
  public record AdminAttributionPolicy(
      long version,
      BindingMode bindingMode,
      int protectedDays,
      int touchHours,
      boolean selfPurchaseEarns,
      @Nullable Instant effectiveFrom,
      @Nullable String changedBy,
      List<AdminAttributionPolicy> scheduled,
      List<Long> replacedVersions) {

    static AdminAttributionPolicy of(AttributionPolicy p) {
      return new AdminAttributionPolicy(
          p.getVersion(),
          Wire.read(BindingMode.class, p.getBindingMode()),
          p.getProtectedDays(),
          p.getTouchHours(),
          p.getSelfPurchaseEarns(),
          Wire.instant(p.hasEffectiveFrom(), p.getEffectiveFrom()),
          Wire.text(p.getChangedBy()),
          Wire.list(p.getScheduledList(), AdminAttributionPolicy::of),
          p.getReplacedVersionsList());
    }
  }
}
