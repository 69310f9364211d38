package io.siyu.mall.order.aftersale;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A case as it is read. */
public record CaseView(
    CaseId id,
    String caseNo,
    UUID orderId,
    UUID orderLineId,
    UUID memberId,
    String brandCode,
    AfterSaleKind kind,
    AfterSaleState state,
    long quantity,
    Money refundAmount,
    String reasonCode,
    String note,
    List<String> pictureUrls,
    String decisionReason,
    String returnCarrier,
    String returnTrackingNumber,
    UUID refundId,
    Instant openedAt,
    Instant dueAt,
    NextStep next,
    String refundWarning,
    List<Entry> timeline) {

  /** One line of the history. */
  public record Entry(String kind, Instant at, String by, String text) {}

  CaseView with(List<Entry> entries) {
    return new CaseView(
        id,
        caseNo,
        orderId,
        orderLineId,
        memberId,
        brandCode,
        kind,
        state,
        quantity,
        refundAmount,
        reasonCode,
        note,
        pictureUrls,
        decisionReason,
        returnCarrier,
        returnTrackingNumber,
        refundId,
        openedAt,
        dueAt,
        next,
        refundWarning,
        entries);
  }
}
