package io.siyu.mall.order.payment;

import io.siyu.mall.order.payment.PaymentLookup.PendingRefund;
import io.siyu.mall.order.payment.PaymentProvider.RefundReport;
import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Brings refunds to their end with the provider: sends, asks, and takes its word. */
@ApplicationScoped
public class SettleRefund {

  private final PaymentProvider provider;
  private final PaymentLookup lookup;
  private final RefundCommands commands;

  SettleRefund(PaymentProvider provider, PaymentLookup lookup, RefundCommands commands) {
    this.provider = provider;
    this.lookup = lookup;
    this.commands = commands;
  }

  /** Sends the refund, or asks about one that was sent. */
  public Uni<Void> advance(RefundId id) {
    return lookup
        .pending(id)
        .chain(
            pending ->
                pending.state() == RefundState.SUCCEEDED
                    ? Uni.createFrom().voidItem()
                    : call(pending)
                        .chain(report -> take(id, report))
                        .onFailure(ProviderException.class)
                        .recoverWithUni(failure -> unanswered(id, (ProviderException) failure)));
  }

  /** Takes what the provider said of a refund of ours. */
  public Uni<Void> take(RefundReport report) {
    RefundId id =
        PaymentNumbers.refund(report.refundNo())
            .orElseThrow(
                () -> DomainException.notFound(Refunds.REFUND_NOT_FOUND, "no refund of ours"));
    return take(id, report);
  }

  private Uni<RefundReport> call(PendingRefund pending) {
    return pending.state() == RefundState.SUBMITTED
        ? provider.queryRefund(pending.order().refundNo())
        : provider.refund(pending.order());
  }

  private Uni<Void> take(RefundId id, RefundReport report) {
    return lookup.orderOf(id).chain(order -> commands.take(order, id, report));
  }

  private Uni<Void> unanswered(RefundId id, ProviderException failure) {
    return lookup.orderOf(id).chain(order -> commands.unanswered(order, id, failure));
  }
}
