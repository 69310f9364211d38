package io.siyu.mall.order.aftersale;

import io.siyu.mall.order.payment.RefundState;
import java.time.Instant;

/**
 * What comes next in a case, so that nobody waits without knowing for whom and until when.
 *
 * @param at when it happens, or at the latest; null for cases older than that being promised
 */
record NextStep(Kind kind, Instant at) {

  /** Whose turn it is. */
  enum Kind {
    SELLER_ANSWERS,
    MEMBER_SENDS_RETURN,
    SELLER_CHECKS_RETURN,
    MEMBER_MAY_ESCALATE,
    PLATFORM_DECIDES,
    /** By itself. */
    REFUND_IS_SENT,
    PROVIDER_PAYS,
    FINANCE_DECIDES
  }

  /**
   * Null when the case has ended.
   *
   * @param refund where its refund stands; null before there is one
   * @param dueAt of the case
   * @param refundDueAt when the refund is sent or asked about
   * @param decideBy until when finance decides on the refund
   */
  static NextStep of(
      AfterSaleState state,
      RefundState refund,
      Instant dueAt,
      Instant refundDueAt,
      Instant decideBy) {
    return switch (state) {
      case APPLIED -> new NextStep(Kind.SELLER_ANSWERS, dueAt);
      case APPROVED -> new NextStep(Kind.MEMBER_SENDS_RETURN, dueAt);
      case RETURNING -> new NextStep(Kind.SELLER_CHECKS_RETURN, dueAt);
      case REJECTED, REFUSED -> new NextStep(Kind.MEMBER_MAY_ESCALATE, dueAt);
      case ARBITRATION -> new NextStep(Kind.PLATFORM_DECIDES, dueAt);
      case REFUNDING ->
          switch (refund) {
            case SUBMITTED, SUCCEEDED, PAID_OTHERWISE ->
                new NextStep(Kind.PROVIDER_PAYS, refundDueAt);
            case STUCK -> new NextStep(Kind.FINANCE_DECIDES, decideBy);
            case REQUESTED, FAILED -> new NextStep(Kind.REFUND_IS_SENT, refundDueAt);
          };
      case RETURN_RECEIVED, RESHIPPED, COMPLETED, CLOSED, CANCELLED -> null;
    };
  }
}
