package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.Refund;
import io.siyu.mall.proto.order.v1.RefundDecision;
import io.siyu.mall.text.TextType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;

/** Refunds as finance sees and decides them. */
final class RefundViews {

  private RefundViews() {}

  /** Where a refund stands. */
  public enum RefundState {
    REQUESTED,
    SUBMITTED,
    SUCCEEDED,
    FAILED,
    STUCK,
    PAID_OTHERWISE
  }

  /**
   * That a refund was paid another way: exactly {@code amountFen}, which is the refund's {@code
   * sentFen}.
   */
  public record AdminRefundEvidenceRequest(
      @NotNull @Min(1) @Max(Integer.MAX_VALUE) Long amountFen,
      @NotBlank @Text(TextType.PAYMENT_REFERENCE) String reference,
      @NotBlank @Text(TextType.NOTE) String note) {}

  /** A debit card of the member's, passed on to the provider and kept nowhere. */
  public record AdminBankCardRequest(
      @NotBlank @Text(TextType.BANK_TYPE) String bankType,
      @NotBlank @Text(TextType.BANK_ACCOUNT) String account,
      @NotBlank @Text(TextType.REAL_NAME) String holder) {}

  /** Where the money goes that could not reach the member; no card: back to the merchant. */
  public record AdminRefundRedirectRequest(
      @Valid AdminBankCardRequest card, @NotBlank @Text(TextType.NOTE) String note) {}

  /** What finance decided about a refund. */
  public record AdminRefundDecision(
      String kind,
      @Nullable Instant at,
      @Nullable String by,
      @Nullable String reference,
      @Nullable String note) {

    static AdminRefundDecision of(RefundDecision d) {
      return new AdminRefundDecision(
          d.getKind(),
          Wire.instant(d.hasAt(), d.getAt()),
          Wire.text(d.getBy()),
          Wire.text(d.getReference()),
          Wire.text(d.getNote()));
    }
  }

  /**
   * A refund; it has no order when a payment came too late or twice. Several of one payment may go
   * to the provider as one, under the number of {@code sentWith} with {@code sentFen}: what is
   * decided about one of them is decided about all.
   *
   * @param dueAt when it is sent or asked about next
   * @param decideBy until when finance has to decide on a stuck one
   * @param providerRefundsLeft how many more refunds of its payment the provider takes
   * @param warning FEW_PROVIDER_REFUNDS_LEFT, PROVIDER_REFUND_YEAR_ENDS, PROVIDER_REFUNDS_USED_UP,
   *     PROVIDER_REFUND_YEAR_OVER
   */
  public record AdminRefund(
      String refundId,
      String refundNo,
      String paymentId,
      String tradeId,
      @Nullable String orderId,
      @Nullable String afterSaleCaseId,
      RefundState state,
      long amountFen,
      @Nullable String reason,
      @Nullable String failure,
      int attempts,
      @Nullable Instant requestedAt,
      @Nullable Instant succeededAt,
      String sentWith,
      long sentFen,
      @Nullable Instant dueAt,
      @Nullable Instant decideBy,
      int providerRefundsLeft,
      @Nullable Instant refundableUntil,
      @Nullable String warning,
      List<AdminRefundDecision> decisions) {

    static AdminRefund of(Refund r) {
      return new AdminRefund(
          r.getRefundId(),
          r.getRefundNo(),
          r.getPaymentId(),
          r.getTradeId(),
          Wire.text(r.getOrderId()),
          Wire.text(r.getAfterSaleCaseId()),
          Wire.read(RefundState.class, r.getState(), "REFUND_"),
          Fen.of(r.getAmount()),
          Wire.text(r.getReason()),
          Wire.text(r.getFailure()),
          r.getAttempts(),
          Wire.instant(r.hasRequestedAt(), r.getRequestedAt()),
          Wire.instant(r.hasSucceededAt(), r.getSucceededAt()),
          r.getSentWith(),
          Fen.of(r.getSentAmount()),
          Wire.instant(r.hasDueAt(), r.getDueAt()),
          Wire.instant(r.hasDecideBy(), r.getDecideBy()),
          r.getProviderRefundsLeft(),
          Wire.instant(r.hasRefundableUntil(), r.getRefundableUntil()),
          Wire.text(r.getWarning()),
          Wire.list(r.getDecisionsList(), AdminRefundDecision::of));
    }
  }
}
