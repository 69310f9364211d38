package io.siyu.mall.order.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.siyu.mall.order.payment.PaymentProvider.Notification;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.proto.order.v1.HandleNotificationRequest.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Takes the provider's messages, and counts what becomes of them. */
@ApplicationScoped
public class HandleNotification {

  private final PaymentProvider provider;
  private final SettlePayment payments;
  private final SettleRefund refunds;
  private final MeterRegistry meters;

  HandleNotification(
      PaymentProvider provider,
      SettlePayment payments,
      SettleRefund refunds,
      MeterRegistry meters) {
    this.provider = provider;
    this.payments = payments;
    this.refunds = refunds;
    this.meters = meters;
  }

  /**
   * Verifies and applies a message; success means the provider need not send it again.
   *
   * @return fails with UNAUTHENTICATED, NOTIFICATION_NOT_GENUINE; FAILED_PRECONDITION,
   *     PAYMENT_MISMATCH; NOT_FOUND for numbers that are not ours
   */
  public Uni<Void> handle(Kind kind, Notification notification) {
    Uni<Void> handled =
        switch (kind) {
          case PAYMENT -> provider.readPayment(notification).chain(payments::take);
          case REFUND -> provider.readRefund(notification).chain(refunds::take);
          case KIND_UNSPECIFIED, UNRECOGNIZED ->
              throw DomainException.invalid("kind", "is not known");
        };
    return handled
        .invoke(() -> count(kind, "taken"))
        .onFailure()
        .invoke(failure -> count(kind, outcome(failure)));
  }

  private void count(Kind kind, String outcome) {
    meters
        .counter(
            "mall.payment.notifications",
            "kind",
            kind.name().toLowerCase(Locale.ROOT),
            "outcome",
            outcome)
        .increment();
  }

  private static String outcome(Throwable failure) {
    return failure instanceof DomainException refusal
        ? refusal.reason().toLowerCase(Locale.ROOT)
        : "error";
  }
}
