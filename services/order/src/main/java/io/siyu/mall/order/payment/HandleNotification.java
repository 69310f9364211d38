package io.siyu.mall.order.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.siyu.mall.order.payment.PaymentProvider.Notification;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.proto.order.v1.HandleNotificationRequest.Kind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Takes the provider's messages, and counts what becomes of them. */
@Startup
@ApplicationScoped
public class HandleNotification {

  private static final String TAKEN = "taken";
  private static final String ERROR = "error";

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
    // Counters that begin with their first refusal would hide it: an increase needs a value before.
    for (Kind kind : List.of(Kind.PAYMENT, Kind.REFUND)) {
      List.of(TAKEN, ERROR, "notification_not_genuine", "payment_mismatch")
          .forEach(outcome -> count(kind, outcome, 0));
    }
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
        .invoke(() -> count(kind, TAKEN, 1))
        .onFailure()
        .invoke(failure -> count(kind, outcome(failure), 1));
  }

  private void count(Kind kind, String outcome, int number) {
    meters
        .counter(
            "mall.payment.notifications",
            "kind",
            kind.name().toLowerCase(Locale.ROOT),
            "outcome",
            outcome)
        .increment(number);
  }

  private static String outcome(Throwable failure) {
    return failure instanceof DomainException refusal
        ? refusal.reason().toLowerCase(Locale.ROOT)
        : ERROR;
  }
}
