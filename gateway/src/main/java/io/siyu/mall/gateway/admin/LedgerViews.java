package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.admin.AttributionViews.AdminAttribution;
import io.siyu.mall.gateway.admin.DistributorViews.DistributorState;
import io.siyu.mall.gateway.admin.RuleViews.AdminRule;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.Balance;
import io.siyu.mall.proto.distributor.v1.Commission;
import io.siyu.mall.proto.distributor.v1.CommissionExplanation;
import io.siyu.mall.proto.distributor.v1.Payee;
import io.siyu.mall.proto.distributor.v1.PayeeCase;
import io.siyu.mall.proto.distributor.v1.Posting;
import io.siyu.mall.proto.distributor.v1.Withdrawal;
import io.siyu.mall.proto.distributor.v1.WithdrawalDecision;
import java.time.Instant;
import java.util.List;

/** The book of commissions as finance sees it. */
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

  /** All buckets of a distributor; {@code debtFen} is what is owed, as a positive amount. */
  public record AdminBalance(
      String distributorId,
      long pendingFen,
      long frozenFen,
      long availableFen,
      long withdrawingFen,
      long paidFen,
      long debtFen,
      long taxWithheldFen) {

    static AdminBalance of(Balance b) {
      return new AdminBalance(
          b.getDistributorId(),
          Fen.of(b.getPending()),
          Fen.of(b.getFrozen()),
          Fen.of(b.getAvailable()),
          Fen.of(b.getWithdrawing()),
          Fen.of(b.getPaid()),
          Fen.of(b.getDebt()),
          Fen.of(b.getTaxWithheld()));
    }
  }

  /** What one order line earned one distributor. */
  public record AdminCommission(
      String commissionId,
      String distributorId,
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

    static AdminCommission of(Commission c) {
      return new AdminCommission(
          c.getCommissionId(),
          c.getDistributorId(),
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

  /** A line of the book; positive into the bucket. Owners are DISTRIBUTOR, BRAND, PLATFORM, TAX. */
  public record AdminPosting(
      String postingId,
      String transactionId,
      String ownerKind,
      @Nullable String ownerId,
      @Nullable LedgerBucket bucket,
      long amountFen,
      String event,
      @Nullable String commissionId,
      @Nullable String withdrawalId,
      @Nullable Instant at) {

    static AdminPosting of(Posting p) {
      return new AdminPosting(
          p.getPostingId(),
          p.getTransactionId(),
          p.getOwnerKind(),
          Wire.text(p.getOwnerId()),
          Wire.read(LedgerBucket.class, p.getBucket()),
          p.getAmountFen(),
          p.getEvent(),
          Wire.text(p.getCommissionId()),
          Wire.text(p.getWithdrawalId()),
          Wire.instant(p.hasAt(), p.getAt()));
    }
  }

  /** Why somebody earned something. */
  public record AdminCommissionReason(
      AdminCommission commission,
      @Nullable AdminAttribution attribution,
      @Nullable AdminRule rule,
      List<AdminPosting> postings,
      List<String> sentences) {

    static AdminCommissionReason of(CommissionExplanation e) {
      return new AdminCommissionReason(
          AdminCommission.of(e.getCommission()),
          e.hasAttribution() ? AdminAttribution.of(e.getAttribution()) : null,
          e.hasRule() ? AdminRule.of(e.getRule()) : null,
          Wire.list(e.getPostingsList(), AdminPosting::of),
          List.copyOf(e.getSentencesList()));
    }
  }

  /** What staff can decide about a withdrawal. */
  public enum WithdrawalDecisionKind {
    APPROVED,
    REJECTED,
    RETRIED,
    GIVEN_UP,
    HELD,
    RELEASED
  }

  /** Who decided what, and why; {@code SYSTEM} for what followed by rule. */
  public record AdminWithdrawalDecision(
      WithdrawalDecisionKind kind,
      @Nullable String decidedBy,
      @Nullable String reason,
      @Nullable Instant decidedAt) {

    static AdminWithdrawalDecision of(WithdrawalDecision d) {
      return new AdminWithdrawalDecision(
          Wire.read(WithdrawalDecisionKind.class, d.getKind()),
          Wire.text(d.getDecidedBy()),
          Wire.text(d.getReason()),
          Wire.instant(d.hasDecidedAt(), d.getDecidedAt()));
    }
  }

  /**
   * Who receives a withdrawal, as of now.
   *
   * @param onHold the distributor is suspended: nothing goes out until they no longer are
   * @param debtFen what is owed, as a positive amount
   * @param openCases after-sale cases that are open on lines they earn on, the oldest 20
   * @param atStakeFen what they earned on all lines with open cases
   */
  public record AdminPayee(
      String distributorId,
      DistributorState distributorState,
      @Nullable String stateReason,
      boolean onHold,
      long debtFen,
      long availableFen,
      List<AdminPayeeCase> openCases,
      long openCaseCount,
      long atStakeFen) {

    static AdminPayee of(Payee p) {
      return new AdminPayee(
          p.getDistributorId(),
          Wire.read(DistributorState.class, p.getDistributorState()),
          Wire.text(p.getStateReason()),
          p.getOnHold(),
          Fen.of(p.getDebt()),
          Fen.of(p.getAvailable()),
          Wire.list(p.getOpenCasesList(), AdminPayeeCase::of),
          p.getOpenCaseCount(),
          Fen.of(p.getAtStake()));
    }
  }

  /** An open after-sale case, and what was earned on its line. */
  public record AdminPayeeCase(
      String caseId,
      String orderId,
      @Nullable String orderNo,
      @Nullable Instant openedAt,
      long commissionFen) {

    static AdminPayeeCase of(PayeeCase c) {
      return new AdminPayeeCase(
          c.getCaseId(),
          c.getOrderId(),
          Wire.text(c.getOrderNo()),
          Wire.instant(c.hasOpenedAt(), c.getOpenedAt()),
          Fen.of(c.getCommission()));
    }
  }

  /**
   * A withdrawal: net = amount − fee − tax.
   *
   * @param distributorId the seat that the member had when they asked for it
   * @param failure why it failed or was declined; under way: why the last attempt brought nothing
   * @param refusal the provider's code when it refused the transfer for good; it fails once it is
   *     certain that the provider has none
   * @param givenUp finance gave up; it fails on the same terms
   * @param orderedAt when the provider was last told to transfer
   * @param nextAttemptAt when it is told, or asked, next
   */
  public record AdminWithdrawal(
      String withdrawalId,
      @Nullable String memberId,
      String distributorId,
      WithdrawalState state,
      @Nullable AdminPayee payee,
      long amountFen,
      long feeFen,
      long taxFen,
      long netFen,
      @Nullable String billNo,
      @Nullable String providerBillNo,
      @Nullable String failure,
      @Nullable String refusal,
      boolean givenUp,
      int attempts,
      @Nullable Instant orderedAt,
      @Nullable Instant nextAttemptAt,
      @Nullable String decidedBy,
      List<AdminWithdrawalDecision> decisions,
      @Nullable String taxExplanation,
      @Nullable Instant requestedAt,
      @Nullable Instant finishedAt) {

    static AdminWithdrawal of(Withdrawal w) {
      return new AdminWithdrawal(
          w.getWithdrawalId(),
          Wire.text(w.getMemberId()),
          w.getDistributorId(),
          Wire.read(WithdrawalState.class, w.getState(), "WITHDRAWAL_"),
          w.hasPayee() ? AdminPayee.of(w.getPayee()) : null,
          Fen.of(w.getAmount()),
          Fen.of(w.getFee()),
          Fen.of(w.getTax()),
          Fen.of(w.getNet()),
          Wire.text(w.getBillNo()),
          Wire.text(w.getProviderBillNo()),
          Wire.text(w.getFailure()),
          Wire.text(w.getRefusal()),
          w.getGivenUp(),
          w.getAttempts(),
          Wire.instant(w.hasOrderedAt(), w.getOrderedAt()),
          Wire.instant(w.hasNextAttemptAt(), w.getNextAttemptAt()),
          Wire.text(w.getDecidedBy()),
          Wire.list(w.getDecisionsList(), AdminWithdrawalDecision::of),
          Wire.text(w.getTaxExplanation()),
          Wire.instant(w.hasRequestedAt(), w.getRequestedAt()),
          Wire.instant(w.hasFinishedAt(), w.getFinishedAt()));
    }
  }
}
