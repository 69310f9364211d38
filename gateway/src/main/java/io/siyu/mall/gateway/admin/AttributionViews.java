package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.common.v1.CommissionTerms;
import io.siyu.mall.proto.common.v1.LineAttribution;

/** Who is credited with a line, and on what terms. */
final class AttributionViews {

  private AttributionViews() {}

  /** Why the sale is credited to somebody. */
  public enum AttributionReason {
    TOUCH,
    BINDING,
    SELF_PURCHASE,
    NOBODY
  }

  /** What one level earns: a rate in basis points of the base, or fen for each unit. */
  public record AdminTerms(@Nullable Integer rateBasisPoints, @Nullable Long perUnitFen) {

    static AdminTerms of(CommissionTerms terms) {
      return switch (terms.getRateCase()) {
        case BASIS_POINTS -> new AdminTerms(terms.getBasisPoints(), null);
        case FIXED_FEN_PER_UNIT -> new AdminTerms(null, terms.getFixedFenPerUnit());
        case RATE_NOT_SET -> null;
      };
    }
  }

  /** The frozen answer to who is credited and why. */
  public record AdminAttribution(
      @Nullable AttributionReason reason,
      @Nullable String distributorId,
      @Nullable String uplineId,
      @Nullable String touchId,
      @Nullable String channel,
      @Nullable String bindingId,
      long policyVersion,
      @Nullable String ruleId,
      long ruleVersion,
      @Nullable AdminTerms directTerms,
      @Nullable AdminTerms uplineTerms,
      @Nullable String explanation) {

    static AdminAttribution of(LineAttribution a) {
      return new AdminAttribution(
          Wire.read(AttributionReason.class, a.getReason()),
          Wire.text(a.getDistributorId()),
          Wire.text(a.getUplineId()),
          Wire.text(a.getTouchId()),
          a.getChannelValue() == 0 ? null : a.getChannel().name(),
          Wire.text(a.getBindingId()),
          a.getPolicyVersion(),
          Wire.text(a.getRuleId()),
          a.getRuleVersion(),
          AdminTerms.of(a.getDirectTerms()),
          AdminTerms.of(a.getUplineTerms()),
          Wire.text(a.getExplanation()));
    }
  }
}
