package io.siyu.mall.gateway.partner;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.common.v1.CommissionTerms;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.distributor.v1.Balance;
import io.siyu.mall.proto.distributor.v1.Commission;
import io.siyu.mall.proto.distributor.v1.CommissionExplanation;
import io.siyu.mall.proto.distributor.v1.CommissionRule;
import io.siyu.mall.proto.distributor.v1.Posting;
import io.siyu.mall.proto.distributor.v1.Withdrawal;
import io.siyu.mall.text.Bounds;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;

/** The distributor's money, and the reasons for every fen of it. */
final class LedgerViews {

  private LedgerViews() {}

  /** The distributor credited with the sale, or the one who recruited them. */
  public enum CommissionLevel {
    DIRECT,
    UPLINE
  }

  /** Where a commission comes from. */
  public enum CommissionSource {
    OWN,
    CPS,
    ADJUSTMENT
  }

  /** Where money stands. */
  public enum LedgerBucket {
    PENDING,
    FROZEN,
    AVAILABLE,
    WITHDRAWING,
    PAID_OUT,
    DEBT
  }

  /** Why the sale is credited to somebody. */
  public enum AttributionReason {
    TOUCH,
    BINDING,
    SELF_PURCHASE,
    NOBODY
  }

  /** Where a withdrawal stands. */
  public enum WithdrawalState {
    REQUESTED,
    APPROVED,
    HELD,
    PAYING,
    PAID,
    FAILED,
    REJECTED
  }

  /** All buckets; {@code debtFen} is what is owed, as a positive amount. */
  public record PartnerBalance(
      long pendingFen,
      long frozenFen,
      long availableFen,
      long withdrawingFen,
      long paidFen,
      long debtFen,
      long taxWithheldFen) {

    static PartnerBalance of(Balance b) {
      return new PartnerBalance(
          Fen.of(b.getPending()),
          Fen.of(b.getFrozen()),
          Fen.of(b.getAvailable()),
          Fen.of(b.getWithdrawing()),
          Fen.of(b.getPaid()),
          Fen.of(b.getDebt()),
          Fen.of(b.getTaxWithheld()));
    }
  }

  /**
   * What one order line earned.
   *
   * @param baseFen what was paid for the line, without freight
   * @param releasedFen became available, and may have been withdrawn since
   * @param paused an after-sale case is open on the line
   */
  public record PartnerCommission(
      String commissionId,
      CommissionLevel level,
      CommissionSource source,
      @Nullable String orderId,
      @Nullable String orderNo,
      @Nullable String orderLineId,
      @Nullable String title,
      long baseFen,
      long earnedFen,
      long reversedFen,
      long pendingFen,
      long frozenFen,
      long releasedFen,
      boolean paused,
      @Nullable Instant createdAt) {

    static PartnerCommission of(Commission c) {
      return new PartnerCommission(
          c.getCommissionId(),
          Wire.read(CommissionLevel.class, c.getLevel()),
          Wire.read(CommissionSource.class, c.getSource()),
          Wire.text(c.getOrderId()),
          Wire.text(c.getOrderNo()),
          Wire.text(c.getOrderLineId()),
          Wire.text(c.getTitle()),
          Fen.of(c.getBase()),
          Fen.of(c.getEarned()),
          Fen.of(c.getReversed()),
          Fen.of(c.getPending()),
          Fen.of(c.getFrozen()),
          Fen.of(c.getReleased()),
          c.getPaused(),
          Wire.instant(c.hasCreatedAt(), c.getCreatedAt()));
    }
  }

  /** A rate in basis points of the base, or fen for each unit. */
  public record PartnerTerms(
      @Nullable Integer rateBasisPoints, @Nullable Long perUnitFen, String text) {

    static PartnerTerms of(CommissionTerms terms) {
      return switch (terms.getRateCase()) {
        case BASIS_POINTS ->
            new PartnerTerms(terms.getBasisPoints(), null, percent(terms.getBasisPoints()));
        case FIXED_FEN_PER_UNIT ->
            new PartnerTerms(
                null, terms.getFixedFenPerUnit(), "每件 " + terms.getFixedFenPerUnit() + " 分");
        case RATE_NOT_SET -> null;
      };
    }

    private static String percent(int basisPoints) {
      return basisPoints / 100 + "." + String.format("%02d", basisPoints % 100) + "%";
    }
  }

  /** The frozen answer to who is credited and why. */
  public record PartnerAttribution(
      @Nullable AttributionReason reason,
      @Nullable String touchId,
      @Nullable String channel,
      @Nullable String bindingId,
      long policyVersion,
      @Nullable String ruleId,
      long ruleVersion,
      @Nullable PartnerTerms directTerms,
      @Nullable PartnerTerms uplineTerms,
      @Nullable String explanation) {

    static PartnerAttribution of(LineAttribution a) {
      return new PartnerAttribution(
          Wire.read(AttributionReason.class, a.getReason()),
          Wire.text(a.getTouchId()),
          a.getChannelValue() == 0 ? null : a.getChannel().name(),
          Wire.text(a.getBindingId()),
          a.getPolicyVersion(),
          Wire.text(a.getRuleId()),
          a.getRuleVersion(),
          PartnerTerms.of(a.getDirectTerms()),
          PartnerTerms.of(a.getUplineTerms()),
          Wire.text(a.getExplanation()));
    }
  }

  /** The rule that was in force. */
  public record PartnerRule(
      String ruleId,
      long version,
      String scope,
      @Nullable PartnerTerms directTerms,
      @Nullable PartnerTerms uplineTerms,
      @Nullable Instant effectiveFrom,
      @Nullable Instant effectiveUntil) {

    static PartnerRule of(CommissionRule rule) {
      return new PartnerRule(
          rule.getRuleId(),
          rule.getVersion(),
          rule.getScope().getType().name(),
          PartnerTerms.of(rule.getDirectTerms()),
          PartnerTerms.of(rule.getUplineTerms()),
          Wire.instant(rule.hasEffectiveFrom(), rule.getEffectiveFrom()),
          Wire.instant(rule.hasEffectiveUntil(), rule.getEffectiveUntil()));
    }
  }

  /** A line of the book; positive into the bucket. */
  public record PartnerPosting(
      String postingId,
      String transactionId,
      @Nullable LedgerBucket bucket,
      long amountFen,
      String event,
      @Nullable String commissionId,
      @Nullable String withdrawalId,
      @Nullable Instant at) {

    static PartnerPosting of(Posting p) {
      return new PartnerPosting(
          p.getPostingId(),
          p.getTransactionId(),
          Wire.read(LedgerBucket.class, p.getBucket()),
          p.getAmountFen(),
          p.getEvent(),
          Wire.text(p.getCommissionId()),
          Wire.text(p.getWithdrawalId()),
          Wire.instant(p.hasAt(), p.getAt()));
    }
  }

  /** Why did I earn this: {@code sentences} tell it, the rest proves it. */
  public record PartnerCommissionReason(
      PartnerCommission commission,
      @Nullable PartnerAttribution attribution,
      @Nullable PartnerRule rule,
      List<PartnerPosting> postings,
      List<String> sentences) {

    static PartnerCommissionReason of(CommissionExplanation e) {
      return new PartnerCommissionReason(
          PartnerCommission.of(e.getCommission()),
          e.hasAttribution() ? PartnerAttribution.of(e.getAttribution()) : null,
          e.hasRule() ? PartnerRule.of(e.getRule()) : null,
          Wire.list(e.getPostingsList(), PartnerPosting::of),
          List.copyOf(e.getSentencesList()));
    }
  }

  /** Taking money out; at least 100 fen. */
  public record PartnerWithdrawalRequest(@NotNull @Min(1) @Max(Bounds.AMOUNT_FEN) Long amountFen) {}

  /**
   * A withdrawal: net = amount − fee − tax.
   *
   * @param packageInfo what {@code wx.requestMerchantTransfer} needs while the distributor has to
   *     confirm
   */
  public record PartnerWithdrawal(
      String withdrawalId,
      WithdrawalState state,
      long amountFen,
      long feeFen,
      long taxFen,
      long netFen,
      @Nullable String billNo,
      @Nullable String packageInfo,
      @Nullable String failure,
      @Nullable String taxExplanation,
      @Nullable Instant requestedAt,
      @Nullable Instant finishedAt) {

    static PartnerWithdrawal of(Withdrawal w) {
      return new PartnerWithdrawal(
          w.getWithdrawalId(),
          Wire.read(WithdrawalState.class, w.getState(), "WITHDRAWAL_"),
          Fen.of(w.getAmount()),
          Fen.of(w.getFee()),
          Fen.of(w.getTax()),
          Fen.of(w.getNet()),
          Wire.text(w.getBillNo()),
          Wire.text(w.getPackageInfo()),
          Wire.text(w.getFailure()),
          Wire.text(w.getTaxExplanation()),
          Wire.instant(w.hasRequestedAt(), w.getRequestedAt()),
          Wire.instant(w.hasFinishedAt(), w.getFinishedAt()));
    }
  }
}
