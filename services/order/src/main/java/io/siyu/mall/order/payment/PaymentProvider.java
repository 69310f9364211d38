package io.siyu.mall.order.payment;

import io.siyu.mall.platform.money.Money;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/**
 * Who takes and gives back money. Every call is remote: never inside a transaction. Calls fail with
 * a {@link ProviderException}. Answers and messages are those of the provider: what cannot be
 * verified does not come out of here.
 */
public interface PaymentProvider {

  /**
   * Prepares a payment; the same again is the same payment.
   *
   * @return what the client hands to the provider's app
   */
  Uni<Map<String, String>> prepay(Prepayment prepayment);

  Uni<PaymentReport> query(String paymentNo);

  /** Takes no money for it from now on; one the provider does not know counts as closed. */
  Uni<CloseResult> close(String paymentNo);

  /** Sends a refund; the same number again is the same refund. */
  Uni<RefundReport> refund(RefundOrder order);

  Uni<RefundReport> queryRefund(String refundNo);

  /** Says where the money of a refund goes that could not reach the member's account. */
  Uni<RefundReport> redirect(RefundRedirect redirect);

  /**
   * Verifies and decrypts a message about a payment.
   *
   * @return fails with UNAUTHENTICATED, NOTIFICATION_NOT_GENUINE
   */
  Uni<PaymentReport> readPayment(Notification notification);

  /** As {@link #readPayment}, about a refund. */
  Uni<RefundReport> readRefund(Notification notification);

  /**
   * It has no end of its own: the trade's is kept by closing it. (An end would be a parameter that
   * has to be the same in every repetition.)
   */
  record Prepayment(String paymentNo, String openid, Money amount, String description) {}

  /** What the provider says of a payment; amount and ids only when it succeeded. */
  record PaymentReport(
      PaymentStatus status, String paymentNo, String transactionId, Money amount) {}

  enum PaymentStatus {
    UNKNOWN,
    WAITING,
    SUCCEEDED,
    CLOSED
  }

  enum CloseResult {
    CLOSED,
    /** Too late: it was paid. */
    PAID
  }

  /** A refund to be sent. */
  record RefundOrder(
      String refundNo, String paymentNo, Money amount, Money paymentAmount, String reason) {}

  /** What the provider says of a refund. */
  record RefundReport(
      RefundStatus status, String refundNo, String providerRefundId, Money amount) {}

  enum RefundStatus {
    UNKNOWN,
    PROCESSING,
    SUCCEEDED,
    /** Ended without effect: it may be sent again. */
    CLOSED,
    /** The member's account cannot take the money: the merchant has to say where it goes. */
    ABNORMAL
  }

  /**
   * @param card null to give the money back to the merchant
   */
  record RefundRedirect(String providerRefundId, String refundNo, BankCard card) {}

  /** A debit card of the member's. Never stored. */
  record BankCard(String bankType, String account, String holder) {

    private static final int SHOWN = 4;

    /** Bank and last digits. */
    String masked() {
      return bankType + " ****" + account.substring(Math.max(0, account.length() - SHOWN));
    }
  }

  /**
   * A message as it came.
   *
   * @param headers by lower-case name
   */
  record Notification(Map<String, String> headers, byte[] body) {

    /** The header, or empty. */
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }
}
