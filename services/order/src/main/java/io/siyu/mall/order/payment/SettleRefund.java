package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.Actor;
import io.siyu.mall.order.payment.PaymentLookup.Batch;
import io.siyu.mall.order.payment.PaymentProvider.RefundRedirect;
import io.siyu.mall.order.payment.PaymentProvider.RefundReport;
import io.siyu.mall.order.payment.PaymentProvider.RefundStatus;
import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Brings refunds to their end with the provider: sends, asks, and takes its word. */
@ApplicationScoped
public class SettleRefund {

  private final PaymentProvider provider;
  private final PaymentLookup lookup;
  private final RefundCommands commands;
  private final PaymentConfig config;
  private final Clock clock;

  SettleRefund(
      PaymentProvider provider,
      PaymentLookup lookup,
      RefundCommands commands,
      PaymentConfig config,
      Clock clock) {
    this.provider = provider;
    this.lookup = lookup;
    this.commands = commands;
    this.config = config;
    this.clock = clock;
  }

  /** Sends the refund, with others that wait, or asks about one that was sent. */
  public Uni<Void> advance(RefundId id) {
    return lookup
        .batchOf(id)
        .chain(batch -> commands.plan(batch, id))
        .chain(
            step ->
                switch (step.next()) {
                  case NOTHING -> Uni.createFrom().voidItem();
                  case SEND -> settle(id, provider.refund(step.order()));
                  case ASK -> settle(id, provider.queryRefund(step.order().refundNo()));
                });
  }

  /** Takes what the provider said of a refund of ours. */
  public Uni<Void> take(RefundReport report) {
    RefundId id =
        PaymentNumbers.refund(report.refundNo())
            .orElseThrow(
                () -> DomainException.notFound(Refunds.REFUND_NOT_FOUND, "no refund of ours"));
    return take(id, report);
  }

  /**
   * Tells the provider what to do with money that it could not pay, and takes its word. Noted
   * before, so that it is asked about if no answer comes.
   *
   * @param card null to give the money back to the merchant
   * @return fails with REFUND_NOT_ABNORMAL; with the provider's refusal, and then it is as it was
   */
  public Uni<Void> redirect(
      RefundId id, UUID decision, PaymentProvider.BankCard card, String note, Actor by) {
    String reference = card == null ? "" : card.masked();
    return lookup
        .batchOf(id)
        .chain(batch -> commands.redirect(batch, decision, card == null, reference, note, by))
        .chain(fresh -> fresh ? lookup.batchOf(id).chain(batch -> tell(batch, card)) : nothing());
  }

  private Uni<Void> tell(Batch batch, PaymentProvider.BankCard card) {
    return provider
        .redirect(
            new RefundRedirect(batch.providerRefundId(), PaymentNumbers.of(batch.first()), card))
        .chain(report -> take(batch.first(), report))
        .onFailure(ProviderException.class)
        .transform(failure -> ((ProviderException) failure).toRefusal());
  }

  /**
   * Makes sure that the provider will not pay a batch that is going to be paid another way.
   *
   * @return fails with REFUND_AT_PROVIDER when it has it; REFUND_TOO_FRESH when it was told so
   *     lately that nobody can know
   */
  public Uni<Batch> withdrawn(RefundId id) {
    return lookup.batchOf(id).chain(this::withdrawn);
  }

  private Uni<Batch> withdrawn(Batch batch) {
    if (batch.sentAt() == null) {
      return Uni.createFrom().item(batch);
    }
    Instant certain = batch.sentAt().plus(config.settleAfter());
    return provider
        .queryRefund(PaymentNumbers.of(batch.first()))
        .onFailure(ProviderException.class)
        .transform(failure -> ((ProviderException) failure).toRefusal())
        .chain(
            report -> {
              boolean paying =
                  report.status() == RefundStatus.PROCESSING
                      || report.status() == RefundStatus.SUCCEEDED && !batch.toMerchant();
              if (paying) {
                return take(batch.first(), report)
                    .chain(() -> Uni.createFrom().failure(atProvider()));
              }
              return report.status() == RefundStatus.UNKNOWN && clock.instant().isBefore(certain)
                  ? Uni.createFrom().failure(tooFresh(certain))
                  : Uni.createFrom().item(batch);
            });
  }

  private static DomainException atProvider() {
    return DomainException.precondition(
        "REFUND_AT_PROVIDER", "the provider pays it after all: it must not be paid twice");
  }

  private static DomainException tooFresh(Instant certain) {
    return DomainException.precondition(
            "REFUND_TOO_FRESH", "the provider may still get it: certain from " + certain)
        .with("again_at", certain);
  }

  private Uni<Void> settle(RefundId id, Uni<RefundReport> call) {
    return call.chain(report -> take(id, report))
        .onFailure(ProviderException.class)
        .recoverWithUni(
            failure ->
                lookup
                    .batchOf(id)
                    .chain(batch -> commands.unanswered(batch, (ProviderException) failure)));
  }

  private Uni<Void> take(RefundId id, RefundReport report) {
    return lookup.batchOf(id).chain(batch -> commands.take(batch, report));
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
