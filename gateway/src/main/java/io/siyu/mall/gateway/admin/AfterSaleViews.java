package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.AfterSaleCase;
import io.siyu.mall.proto.order.v1.CaseEvent;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/** After-sale cases as staff see and decide them. */
final class AfterSaleViews {

  private AfterSaleViews() {}

  /** What is asked for. */
  public enum AfterSaleKind {
    REFUND_ONLY,
    RETURN_REFUND,
    EXCHANGE
  }

  /** Where a case stands. */
  public enum AfterSaleState {
    APPLIED,
    APPROVED,
    RETURNING,
    RETURN_RECEIVED,
    REFUNDING,
    COMPLETED,
    REJECTED,
    REFUSED,
    ARBITRATION,
    CLOSED,
    RESHIPPED,
    CANCELLED
  }

  /** A case opened by staff for the member, for example a refund out of goodwill. */
  public record AdminAfterSaleRequest(
      @NotBlank @Text(TextType.ID) String orderLineId,
      @NotNull @Min(1) @Max(Bounds.QUANTITY) Integer quantity,
      @NotNull AfterSaleKind kind,
      @NotBlank @Text(TextType.REASON_CODE) String reasonCode,
      @Text(TextType.NOTE) String note,
      @Size(max = Bounds.PICTURES) List<@NotBlank @Text(TextType.PUBLIC_URL) String> pictures) {}

  /** Yes, with a word to the member. */
  public record AdminApprovalRequest(@Text(TextType.NOTE) String note) {}

  /** The goods are back; {@code restock} false when they cannot be sold again. */
  public record AdminReceiptRequest(@NotNull Boolean restock) {}

  /** The goods that came back are not accepted. */
  public record AdminRefusalRequest(
      @NotBlank @Text(TextType.REASON) String reason,
      @NotEmpty @Size(max = Bounds.PICTURES)
          List<@NotBlank @Text(TextType.PUBLIC_URL) String> evidenceUrls) {}

  /** The goods in exchange are on their way. */
  public record AdminReshipRequest(
      @NotBlank @Text(TextType.CARRIER) String carrier,
      @NotBlank @Text(TextType.TRACKING_NUMBER) String trackingNumber) {}

  /** The platform's last word. */
  public record AdminDecisionRequest(
      @NotNull Boolean refund, @NotBlank @Text(TextType.REASON) String reason) {}

  /** Something that happened to a case. */
  public record AdminCaseEvent(
      String kind, @Nullable Instant at, @Nullable String by, @Nullable String text) {

    static AdminCaseEvent of(CaseEvent e) {
      return new AdminCaseEvent(
          e.getKind(),
          Wire.instant(e.hasAt(), e.getAt()),
          Wire.text(e.getBy()),
          Wire.text(e.getText()));
    }
  }

  /**
   * A case.
   *
   * @param dueAt when something happens by itself if nobody acts
   * @param nextStep whose turn it is, until {@code nextAt}
   * @param refundWarning what the provider's limits mean for a refund of this order
   */
  public record AdminAfterSaleCase(
      String caseId,
      String caseNo,
      String orderId,
      String orderLineId,
      String memberId,
      String brandCode,
      AfterSaleKind kind,
      AfterSaleState state,
      long quantity,
      long refundFen,
      String reasonCode,
      @Nullable String note,
      List<String> pictures,
      @Nullable String decisionReason,
      @Nullable String returnCarrier,
      @Nullable String returnTrackingNumber,
      @Nullable String refundId,
      List<AdminCaseEvent> timeline,
      @Nullable Instant openedAt,
      @Nullable Instant dueAt,
      @Nullable String nextStep,
      @Nullable Instant nextAt,
      @Nullable String refundWarning) {

    static AdminAfterSaleCase of(AfterSaleCase c) {
      return new AdminAfterSaleCase(
          c.getCaseId(),
          c.getCaseNo(),
          c.getOrderId(),
          c.getOrderLineId(),
          c.getMemberId(),
          c.getBrandCode(),
          Wire.read(AfterSaleKind.class, c.getKind()),
          Wire.read(AfterSaleState.class, c.getState(), "CASE_"),
          c.getQuantity(),
          Fen.of(c.getRefundAmount()),
          c.getReasonCode(),
          Wire.text(c.getNote()),
          List.copyOf(c.getPictureUrlsList()),
          Wire.text(c.getDecisionReason()),
          Wire.text(c.getReturnCarrier()),
          Wire.text(c.getReturnTrackingNumber()),
          Wire.text(c.getRefundId()),
          Wire.list(c.getTimelineList(), AdminCaseEvent::of),
          Wire.instant(c.hasOpenedAt(), c.getOpenedAt()),
          Wire.instant(c.hasDueAt(), c.getDueAt()),
          Wire.text(c.getNextStep()),
          Wire.instant(c.hasNextAt(), c.getNextAt()),
          Wire.text(c.getRefundWarning()));
    }
  }
}
