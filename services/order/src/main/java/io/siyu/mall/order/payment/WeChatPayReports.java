package io.siyu.mall.order.payment;

import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.model.Refund;
import com.wechat.pay.java.service.refund.model.RefundNotification;
import com.wechat.pay.java.service.refund.model.Status;
import io.siyu.mall.order.payment.PaymentProvider.PaymentReport;
import io.siyu.mall.order.payment.PaymentProvider.PaymentStatus;
import io.siyu.mall.order.payment.PaymentProvider.RefundReport;
import io.siyu.mall.order.payment.PaymentProvider.RefundStatus;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;

/** What WeChat Pay says, in our words. */
final class WeChatPayReports {

  private final String merchantId;
  private final String appId;

  WeChatPayReports(String merchantId, String appId) {
    this.merchantId = merchantId;
    this.appId = appId;
  }

  /**
   * @throws DomainException FAILED_PRECONDITION, PAYMENT_MISMATCH when it is not about this
   *     merchant, app or currency
   */
  PaymentReport payment(Transaction transaction) {
    if (transaction.getTradeState() == null || transaction.getOutTradeNo() == null) {
      throw mismatch("is not about a payment");
    }
    if (!merchantId.equals(transaction.getMchid()) || !appId.equals(transaction.getAppid())) {
      throw mismatch("is about another merchant or app");
    }
    PaymentStatus status =
        switch (transaction.getTradeState()) {
          case SUCCESS, REFUND -> PaymentStatus.SUCCEEDED;
          case CLOSED, REVOKED -> PaymentStatus.CLOSED;
          default -> PaymentStatus.WAITING;
        };
    boolean paid = status == PaymentStatus.SUCCEEDED;
    return new PaymentReport(
        status,
        transaction.getOutTradeNo(),
        transaction.getTransactionId(),
        paid ? amount(transaction) : null);
  }

  RefundReport refund(Refund refund) {
    return report(
        refund.getStatus(),
        refund.getOutRefundNo(),
        refund.getRefundId(),
        refund.getAmount() == null ? null : refund.getAmount().getRefund());
  }

  RefundReport refund(RefundNotification refund) {
    return report(
        refund.getRefundStatus(),
        refund.getOutRefundNo(),
        refund.getRefundId(),
        refund.getAmount() == null ? null : refund.getAmount().getRefund());
  }

  private static RefundReport report(Status status, String number, String id, Long fen) {
    if (status == null || number == null) {
      throw mismatch("is not about a refund");
    }
    Money amount = fen == null ? null : Money.fen(fen);
    RefundStatus ours =
        switch (status) {
          case SUCCESS -> RefundStatus.SUCCEEDED;
          case PROCESSING -> RefundStatus.PROCESSING;
          case CLOSED -> RefundStatus.CLOSED;
          case ABNORMAL -> RefundStatus.ABNORMAL;
        };
    return new RefundReport(ours, number, id, amount);
  }

  private static Money amount(Transaction transaction) {
    if (transaction.getAmount() == null
        || transaction.getAmount().getTotal() == null
        || !Money.CNY.getCurrencyCode().equals(transaction.getAmount().getCurrency())) {
      throw mismatch("is not in yuan");
    }
    return Money.fen(transaction.getAmount().getTotal());
  }

  private static DomainException mismatch(String how) {
    return DomainException.precondition("PAYMENT_MISMATCH", "what the provider says " + how);
  }
}
