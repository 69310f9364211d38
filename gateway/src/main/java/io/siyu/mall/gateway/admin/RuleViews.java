package io.siyu.mall.gateway.admin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.common.v1.CommissionTerms;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.proto.distributor.v1.RuleScope;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/** Commission rules: for each level a rate in basis points of the base, or fen for each unit. */
final class RuleViews {

  private RuleViews() {}

  /** What a rule is about; the most special one wins, in this order. */
  public enum RuleScopeType {
    SKU,
    PRODUCT,
    LAUNCH,
    CATEGORY,
    BRAND,
    PLATFORM
  }

  /** The thing that a rule is about; no id for PLATFORM. */
  public record AdminRuleScopeRequest(@NotNull RuleScopeType type, @Text(TextType.ID) String id) {

    RuleScope scope() {
      return RuleScope.newBuilder()
          .setType(Wire.write(RuleScope.Type.class, type))
          .setId(Wire.orEmpty(id))
          .build();
    }
  }

  /**
   * A new rule; exactly one of the two figures per level, and none for an upline that earns
   * nothing.
   */
  public record AdminRuleRequest(
      @Valid @NotNull AdminRuleScopeRequest scope,
      @Text(TextType.BRAND_CODE) String brandCode,
      @Min(0) @Max(Bounds.BASIS_POINTS) Integer directBasisPoints,
      @Min(0) @Max(Bounds.PER_UNIT_FEN) Long directPerUnitFen,
      @Min(0) @Max(Bounds.BASIS_POINTS) Integer uplineBasisPoints,
      @Min(0) @Max(Bounds.PER_UNIT_FEN) Long uplinePerUnitFen,
      Instant effectiveFrom,
      Instant effectiveUntil,
      @Text(TextType.NOTE) String note) {

    @JsonIgnore
    @AssertTrue(message = "须且只能填写 directBasisPoints 或 directPerUnitFen 之一")
    public boolean isDirectClear() {
      return (directBasisPoints == null) != (directPerUnitFen == null);
    }

    @JsonIgnore
    @AssertTrue(message = "uplineBasisPoints 与 uplinePerUnitFen 不能同时填写")
    public boolean isUplineClear() {
      return uplineBasisPoints == null || uplinePerUnitFen == null;
    }
  }

  /**
   * The next version of a rule.
   *
   * @param replacesVersions just the versions that have not begun and never will because of this
   *     one
   */
  public record AdminRuleRevisionRequest(
      @Min(0) @Max(Bounds.BASIS_POINTS) Integer directBasisPoints,
      @Min(0) @Max(Bounds.PER_UNIT_FEN) Long directPerUnitFen,
      @Min(0) @Max(Bounds.BASIS_POINTS) Integer uplineBasisPoints,
      @Min(0) @Max(Bounds.PER_UNIT_FEN) Long uplinePerUnitFen,
      Instant effectiveFrom,
      Instant effectiveUntil,
      @Size(max = 50) List<@NotNull @Min(1) @Max(Bounds.VERSION) Long> replacesVersions,
      @Text(TextType.NOTE) String note) {

    @JsonIgnore
    @AssertTrue(message = "须且只能填写 directBasisPoints 或 directPerUnitFen 之一")
    public boolean isDirectClear() {
      return (directBasisPoints == null) != (directPerUnitFen == null);
    }

    @JsonIgnore
    @AssertTrue(message = "uplineBasisPoints 与 uplinePerUnitFen 不能同时填写")
    public boolean isUplineClear() {
      return uplineBasisPoints == null || uplinePerUnitFen == null;
    }
  }

  /** When a rule stops, absent: now; and why. */
  public record AdminRuleEndRequest(Instant effectiveUntil, @Text(TextType.NOTE) String note) {}

  /** The thing that a rule is about. */
  public record AdminRuleScope(RuleScopeType type, @Nullable String id) {}

  /**
   * One version of a rule; one that is over as it begins ends the rule.
   *
   * @param replacedVersions after a change: those that had not begun and never will because of it
   */
  public record AdminRule(
      String ruleId,
      long version,
      AdminRuleScope scope,
      @Nullable String brandCode,
      @Nullable Integer directBasisPoints,
      @Nullable Long directPerUnitFen,
      @Nullable Integer uplineBasisPoints,
      @Nullable Long uplinePerUnitFen,
      @Nullable Instant effectiveFrom,
      @Nullable Instant effectiveUntil,
      @Nullable String changedBy,
      @Nullable String note,
      List<Long> replacedVersions) {

    static AdminRule of(CommissionRule r) {
      return new AdminRule(
          r.getRuleId(),
          r.getVersion(),
          new AdminRuleScope(
              Wire.read(RuleScopeType.class, r.getScope().getType()),
              Wire.text(r.getScope().getId())),
          Wire.text(r.getBrandCode()),
          basisPoints(r.getDirectTerms()),
          perUnit(r.getDirectTerms()),
          basisPoints(r.getUplineTerms()),
          perUnit(r.getUplineTerms()),
          Wire.instant(r.hasEffectiveFrom(), r.getEffectiveFrom()),
          Wire.instant(r.hasEffectiveUntil(), r.getEffectiveUntil()),
          Wire.text(r.getChangedBy()),
          Wire.text(r.getNote()),
          r.getReplacedVersionsList());
    }

    private static Integer basisPoints(CommissionTerms terms) {
      return terms.hasBasisPoints() ? terms.getBasisPoints() : null;
    }

    private static Long perUnit(CommissionTerms terms) {
      return terms.hasFixedFenPerUnit() ? terms.getFixedFenPerUnit() : null;
    }
  }

  /** Terms as they travel; nothing when both figures are absent. */
  static CommissionTerms terms(Integer basisPoints, Long perUnitFen) {
    CommissionTerms.Builder terms = CommissionTerms.newBuilder();
    if (basisPoints != null) {
      terms.setBasisPoints(basisPoints);
    } else if (perUnitFen != null) {
      terms.setFixedFenPerUnit(perUnitFen);
    }
    return terms.build();
  }
}
