package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.order.payment.PaymentProvider.CloseResult;
import io.siyu.mall.order.payment.PaymentProvider.PaymentReport;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings payments to their end with the provider: takes its word, asks it, closes what nobody will
 * pay. A trade is cancelled only after the provider has closed all of its payments.
 */
@ApplicationScoped
public class SettlePayment {

  private final PaymentProvider provider;
  private final PaymentLookup lookup;
  private final PaymentCommands commands;

  SettlePayment(PaymentProvider provider, PaymentLookup lookup, PaymentCommands commands) {
    this.provider = provider;
    this.lookup = lookup;
    this.commands = commands;
  }

  /** Takes what the provider said of a payment of ours. */
  public Uni<Void> take(PaymentReport report) {
    PaymentId id =
        PaymentNumbers.payment(report.paymentNo())
            .orElseThrow(
                () -> DomainException.notFound(Payments.PAYMENT_NOT_FOUND, "no payment of ours"));
    return lookup
        .tradeOf(id)
        .chain(
            trade ->
                switch (report.status()) {
                  case SUCCEEDED -> commands.succeeded(trade, id, report);
                  case CLOSED -> commands.closed(trade, id);
                  case WAITING, UNKNOWN ->
                      commands
                          .waiting(trade, id)
                          .chain(inVain -> inVain ? abandon(id) : Uni.createFrom().voidItem());
                });
  }

  /** Asks the provider about every open payment of a trade. */
  public Uni<Void> sync(TradeId trade) {
    return lookup
        .openOf(trade)
        .chain(
            open ->
                Multi.createFrom()
                    .iterable(open)
                    .onItem()
                    .transformToUniAndConcatenate(this::ask)
                    .collect()
                    .asList())
        .replaceWithVoid()
        .onFailure(ProviderException.class)
        .transform(failure -> ((ProviderException) failure).toRefusal());
  }

  /** Asks the provider about a payment. */
  public Uni<Void> ask(PaymentId id) {
    String number = PaymentNumbers.of(id);
    return provider
        .query(number)
        .chain(
            report ->
                take(
                    new PaymentReport(
                        report.status(), number, report.transactionId(), report.amount())));
  }

  /** Takes no money for a payment whose trade no longer waits. */
  private Uni<Void> abandon(PaymentId id) {
    return close(id)
        .chain(
            result ->
                result == CloseResult.PAID
                    ? ask(id)
                    : lookup.tradeOf(id).chain(trade -> commands.closed(trade, id)));
  }

  /**
   * Closes all payments of a trade at the provider, then cancels it.
   *
   * @return fails with FAILED_PRECONDITION, TRADE_ALREADY_PAID when the money came first (and was
   *     taken); with the provider's failure when it could not be asked, and then nothing was
   *     cancelled
   */
  public Uni<Void> cancel(TradeId trade, Cancellation cancellation) {
    return closeAll(trade)
        .chain(closed -> commands.cancel(trade, closed, cancellation))
        .invoke(SettlePayment::checkCancelled)
        .replaceWithVoid();
  }

  /** The first step of {@link #cancel}: outside any transaction. */
  public Uni<List<PaymentId>> closeAll(TradeId trade) {
    return lookup
        .openOf(trade)
        .chain(
            open -> {
              List<PaymentId> closed = new ArrayList<>();
              Uni<Void> all = Uni.createFrom().voidItem();
              for (PaymentId id : open) {
                all = all.chain(() -> closeOrTake(id)).invoke(() -> closed.add(id));
              }
              return all.replaceWith(closed);
            });
  }

  /** Says what {@link PaymentCommands#cancel} answered when somebody was faster. */
  public static void checkCancelled(boolean cancelled) {
    if (!cancelled) {
      throw new DomainException(
          Kind.ABORTED, "PAYMENT_STARTED", "a payment was started in the meantime; try again");
    }
  }

  private Uni<Void> closeOrTake(PaymentId id) {
    return close(id)
        .chain(
            result ->
                result == CloseResult.CLOSED
                    ? Uni.createFrom().voidItem()
                    : ask(id)
                        .chain(
                            () ->
                                Uni.createFrom()
                                    .failure(
                                        DomainException.precondition(
                                            "TRADE_ALREADY_PAID", "the payment came first"))));
  }

  private Uni<CloseResult> close(PaymentId id) {
    return provider.close(PaymentNumbers.of(id));
  }
}
