package io.siyu.mall.order.aftersale;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.order.v1.CaseEvent;
import io.siyu.mall.proto.order.v1.OpenCaseRequest;

/** Cases on the wire. */
final class AfterSaleProto {

  private AfterSaleProto() {}

  /**
   * @param staff whether it is for staff, who see more
   */
  static io.siyu.mall.proto.order.v1.AfterSaleCase of(CaseView view, boolean staff) {
    io.siyu.mall.proto.order.v1.AfterSaleCase.Builder message =
        io.siyu.mall.proto.order.v1.AfterSaleCase.newBuilder()
            .setCaseId(view.id().toString())
            .setCaseNo(view.caseNo())
            .setOrderId(view.orderId().toString())
            .setOrderLineId(view.orderLineId().toString())
            .setMemberId(view.memberId().toString())
            .setBrandCode(view.brandCode())
            .setKind(io.siyu.mall.proto.order.v1.AfterSaleKind.valueOf(view.kind().name()))
            .setState(state(view.state()))
            .setQuantity(view.quantity())
            .setRefundAmount(ProtoMoney.to(view.refundAmount()))
            .setReasonCode(view.reasonCode())
            .setNote(view.note())
            .addAllPictureUrls(view.pictureUrls())
            .setDecisionReason(orEmpty(view.decisionReason()))
            .setReturnCarrier(orEmpty(view.returnCarrier()))
            .setReturnTrackingNumber(orEmpty(view.returnTrackingNumber()))
            .setRefundId(ProtoIds.to(view.refundId()))
            .setOpenedAt(ProtoTime.to(view.openedAt()));
    // The platform's promise to decide is no deadline after which something happens.
    if (view.dueAt() != null && view.state() != AfterSaleState.ARBITRATION) {
      message.setDueAt(ProtoTime.to(view.dueAt()));
    }
    if (view.next() != null) {
      message.setNextStep(view.next().kind().name());
      if (view.next().at() != null) {
        message.setNextAt(ProtoTime.to(view.next().at()));
      }
    }
    if (staff) {
      message.setRefundWarning(view.refundWarning());
    }
    for (CaseView.Entry entry : view.timeline()) {
      message.addTimeline(
          CaseEvent.newBuilder()
              .setKind(entry.kind())
              .setAt(ProtoTime.to(entry.at()))
              .setBy(entry.by())
              .setText(entry.text()));
    }
    return message.build();
  }

  static CaseDraft draft(OpenCaseRequest request) {
    return new CaseDraft(
        Ids.parse("order_line_id", request.getOrderLineId()),
        request.getQuantity(),
        kind(request.getKind()),
        request.getReasonCode().strip(),
        request.getNote().strip(),
        request.getPictureUrlsList());
  }

  static AfterSaleState state(io.siyu.mall.proto.order.v1.AfterSaleState state) {
    return switch (state) {
      case AFTER_SALE_STATE_UNSPECIFIED -> null;
      case CASE_COMPLETED -> AfterSaleState.COMPLETED;
      case CASE_CLOSED -> AfterSaleState.CLOSED;
      case CASE_CANCELLED -> AfterSaleState.CANCELLED;
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is not known");
      default -> AfterSaleState.valueOf(state.name());
    };
  }

  private static io.siyu.mall.proto.order.v1.AfterSaleState state(AfterSaleState state) {
    return switch (state) {
      case COMPLETED -> io.siyu.mall.proto.order.v1.AfterSaleState.CASE_COMPLETED;
      case CLOSED -> io.siyu.mall.proto.order.v1.AfterSaleState.CASE_CLOSED;
      case CANCELLED -> io.siyu.mall.proto.order.v1.AfterSaleState.CASE_CANCELLED;
      default -> io.siyu.mall.proto.order.v1.AfterSaleState.valueOf(state.name());
    };
  }

  private static AfterSaleKind kind(io.siyu.mall.proto.order.v1.AfterSaleKind kind) {
    return switch (kind) {
      case REFUND_ONLY -> AfterSaleKind.REFUND_ONLY;
      case RETURN_REFUND -> AfterSaleKind.RETURN_REFUND;
      case EXCHANGE -> AfterSaleKind.EXCHANGE;
      case AFTER_SALE_KIND_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
