package io.siyu.mall.gateway.shop;

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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/** After-sale cases as the member sees them. */
final class AfterSaleViews {

  private AfterSaleViews() {}

  /** What the member wants. */
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

  /** Opening a case for some units of one line. */
  public record ShopAfterSaleRequest(
      @NotBlank @Text(TextType.ID) String orderLineId,
      @NotNull @Min(1) @Max(Bounds.QUANTITY) Integer quantity,
      @NotNull AfterSaleKind kind,
      @NotBlank @Text(TextType.REASON_CODE) String reasonCode,
      @Text(TextType.NOTE) String note,
      @Size(max = Bounds.PICTURES) List<@NotBlank @Text(TextType.PUBLIC_URL) String> pictures) {}

  /** How the goods go back. */
  public record ShopReturnParcelRequest(
      @NotBlank @Text(TextType.CARRIER) String carrier,
      @NotBlank @Text(TextType.TRACKING_NUMBER) String trackingNumber) {}

  /** Why the platform should decide. */
  public record ShopEscalationRequest(@NotBlank @Text(TextType.NOTE) String note) {}

  /** Something that happened to a case. */
  public record ShopCaseEvent(String kind, @Nullable Instant at, @Nullable String text) {

    static ShopCaseEvent of(CaseEvent event) {
      return new ShopCaseEvent(
          event.getKind(), Wire.instant(event.hasAt(), event.getAt()), Wire.text(event.getText()));
    }
  }

  /**
   * A case.
   *
   * @param refundFen what the member gets back for these units
   * @param dueAt when something happens by itself if nobody acts
   * @param nextStep whose turn it is: SELLER_ANSWERS, MEMBER_SENDS_RETURN, SELLER_CHECKS_RETURN,
   *     MEMBER_MAY_ESCALATE, PLATFORM_DECIDES, REFUND_IS_SENT, PROVIDER_PAYS, FINANCE_DECIDES
   * @param nextAt until when
   */
  public record ShopAfterSaleCase(
      String caseId,
      String caseNo,
      String orderId,
      String orderLineId,
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
      List<ShopCaseEvent> timeline,
      @Nullable Instant openedAt,
      @Nullable Instant dueAt,
      @Nullable String nextStep,
      @Nullable Instant nextAt) {

    static ShopAfterSaleCase of(AfterSaleCase c) {
      return new ShopAfterSaleCase(
          c.getCaseId(),
          c.getCaseNo(),
          c.getOrderId(),
          c.getOrderLineId(),
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
          Wire.list(c.getTimelineList(), ShopCaseEvent::of),
          Wire.instant(c.hasOpenedAt(), c.getOpenedAt()),
          Wire.instant(c.hasDueAt(), c.getDueAt()),
          Wire.text(c.getNextStep()),
          Wire.instant(c.hasNextAt(), c.getNextAt()));
    }
  }
}
