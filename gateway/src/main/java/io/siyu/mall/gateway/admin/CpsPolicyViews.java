package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.cps.v1.SharePolicy;
import io.siyu.mall.proto.cps.v1.ShareStep;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/** Shares of outside orders as staff decide them. */
final class CpsPolicyViews {

  private CpsPolicyViews() {}

  /**
   * A step of a new version.
   *
   * @param fromFen for who had at least so much settled commission in the month before; 0 for the
   *     first step
   */
  public record AdminCpsShareStepRequest(
      @NotNull @Min(0) @Max(Bounds.AMOUNT_FEN) Long fromFen,
      @NotNull @Min(0) @Max(Bounds.BASIS_POINTS) Integer directBasisPoints,
      @NotNull @Min(0) @Max(Bounds.BASIS_POINTS) Integer uplineBasisPoints) {

    ShareStep step() {
      return ShareStep.newBuilder()
          .setFrom(Fen.money(fromFen))
          .setDirectBasisPoints(directBasisPoints)
          .setUplineBasisPoints(uplineBasisPoints)
          .build();
    }
  }

  /**
   * A new version, for orders made from then on.
   *
   * @param steps from the first one up
   * @param replacesVersions just the versions that have not begun and never will because of this
   *     one
   */
  public record AdminCpsSharePolicyRequest(
      @NotNull Instant effectiveFrom,
      @Valid @NotEmpty @Size(max = Bounds.SHARE_STEPS)
          List<@NotNull AdminCpsShareStepRequest> steps,
      @NotBlank @Text(TextType.NOTE) String note,
      @Size(max = 50) List<@NotNull @Min(1) @Max(Bounds.VERSION) Long> replacesVersions) {}

  /** A step of a version. */
  public record AdminCpsShareStep(
      int step, long fromFen, int directBasisPoints, int uplineBasisPoints) {

    static AdminCpsShareStep of(ShareStep step) {
      return new AdminCpsShareStep(
          step.getStep(),
          Fen.of(step.getFrom()),
          step.getDirectBasisPoints(),
          step.getUplineBasisPoints());
    }
  }

  /** A version: what is passed on, from when, and who decided it. */
  public record AdminCpsSharePolicy(
      long version,
      Instant effectiveFrom,
      List<AdminCpsShareStep> steps,
      String createdBy,
      Instant createdAt,
      @Nullable String note,
      List<Long> replacedVersions) {

    static AdminCpsSharePolicy of(SharePolicy policy) {
      return new AdminCpsSharePolicy(
          policy.getVersion(),
          Wire.instant(policy.hasEffectiveFrom(), policy.getEffectiveFrom()),
          Wire.list(policy.getStepsList(), AdminCpsShareStep::of),
          policy.getCreatedBy(),
          Wire.instant(policy.hasCreatedAt(), policy.getCreatedAt()),
          Wire.text(policy.getNote()),
          policy.getReplacedVersionsList());
    }
  }
}
