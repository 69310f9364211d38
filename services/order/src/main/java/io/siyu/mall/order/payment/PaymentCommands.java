package io.siyu.mall.order.payment;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.order.order.Order;
import io.siyu.mall.order.order.Orders;
import io.siyu.mall.order.order.Trade;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.order.order.TradeState;
import io.siyu.mall.order.order.Trades;
import io.siyu.mall.order.payment.PaymentProvider.PaymentReport;
import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What becomes of payments; each method is one transaction that begins with the trade's lock. */
@ApplicationScoped
public class PaymentCommands {

  public static final String TRADE_NOT_PAYABLE = "TRADE_NOT_PAYABLE";

  private static final Logger LOG = Logger.getLogger(PaymentCommands.class);

  private final Trades trades;
  private final Orders orders;
  private final Payments payments;
  private final Refunds refunds;
  private final PaymentConfig config;
  private final Clock clock;

  PaymentCommands(
      Trades trades,
      Orders orders,
      Payments payments,
      Refunds refunds,
      PaymentConfig config,
      Clock clock) {
    this.trades = trades;
    this.orders = orders;
    this.payments = payments;
    this.refunds = refunds;
    this.config = config;
    this.clock = clock;
  }

  /** A payment to be prepared, and how long the trade still waits for it. */
  public record Attempt(Payment payment, Trade trade) {}

  /**
   * The attempt to go on with: the open one of this payer, or a new one.
   *
   * @return fails with TRADE_NOT_FOUND for somebody else's trade, TRADE_NOT_PAYABLE when it waits
   *     no longer
   */
  @WithTransaction
  public Uni<Attempt> attempt(TradeId id, Set<UUID> memberIds, Provider provider, String openid) {
    return trades
        .lock(id)
        .invoke(trade -> checkPayable(trade, memberIds))
        .chain(
            trade ->
                payments
                    .ofTrade(id)
                    .chain(
                        existing ->
                            existing.stream()
                                .filter(p -> p.isOpen() && p.openid().equals(openid))
                                .findFirst()
                                .map(p -> Uni.createFrom().item(new Attempt(p, trade)))
                                .orElseGet(() -> create(trade, provider, openid))));
  }

  /** The provider has prepared it. Fails with TRADE_NOT_PAYABLE when that came too late. */
  @WithTransaction
  public Uni<Void> prepaid(TradeId trade, PaymentId id) {
    return trades
        .lock(trade)
        .chain(() -> payments.get(id))
        .invoke(
            payment -> {
              if (!payment.isOpen()) {
                throw notPayable();
              }
              payment.prepaid();
            })
        .replaceWithVoid();
  }

  /**
   * The provider has the money. It pays the trade if that waits; otherwise it is given back, whole
   * and alone. A repeat changes nothing.
   *
   * @return fails with FAILED_PRECONDITION, PAYMENT_MISMATCH when it is not the amount asked for
   */
  @WithTransaction
  public Uni<Void> succeeded(TradeId trade, PaymentId id, PaymentReport report) {
    return trades
        .lock(trade)
        .chain(
            locked ->
                payments.get(id).chain(payment -> apply(locked, payment, report, clock.instant())));
  }

  /**
   * Gives up on a trade whose payments the provider has closed. Answers false, and does nothing,
   * when there is another open payment; fails with ILLEGAL_TRANSITION when the trade was paid.
   */
  @WithTransaction
  public Uni<Boolean> cancel(TradeId id, List<PaymentId> closed, Cancellation cancellation) {
    return trades
        .lock(id)
        .chain(
            trade -> {
              if (trade.state() == TradeState.CANCELLED) {
                return Uni.createFrom().item(true);
              }
              return payments
                  .ofTrade(id)
                  .chain(existing -> cancel(trade, existing, closed, cancellation));
            });
  }

  /** The provider takes no money for the payment any more. */
  @WithTransaction
  public Uni<Void> closed(TradeId trade, PaymentId id) {
    return trades
        .lock(trade)
        .chain(() -> payments.get(id))
        .invoke(
            payment -> {
              if (payment.isOpen()) {
                payment.close(clock.instant());
              }
            })
        .replaceWithVoid();
  }

  /** The provider still waits. Answers whether that is in vain, because the trade does not. */
  @WithTransaction
  public Uni<Boolean> waiting(TradeId id, PaymentId paymentId) {
    return trades
        .lock(id)
        .chain(
            trade ->
                payments
                    .get(paymentId)
                    .map(
                        payment -> {
                          if (payment.isOpen()) {
                            payment.stillWaiting(clock.instant(), config.askAfter());
                          }
                          return payment.isOpen() && !trade.waits();
                        }));
  }

  private void checkPayable(Trade trade, Set<UUID> memberIds) {
    if (!memberIds.contains(trade.memberId())) {
      throw DomainException.notFound(Trades.TRADE_NOT_FOUND, "there is no such trade");
    }
    if (!trade.waits() || !clock.instant().isBefore(trade.expiresAt())) {
      throw notPayable().with("state", trade.state());
    }
  }

  private Uni<Attempt> create(Trade trade, Provider provider, String openid) {
    Payment payment =
        Payment.create(
            trade.id(),
            trade.memberId(),
            provider,
            openid,
            trade.payable(),
            clock.instant(),
            config.askAfter());
    return payments.add(payment).replaceWith(new Attempt(payment, trade));
  }

  private Uni<Void> apply(Trade trade, Payment payment, PaymentReport report, Instant now) {
    if (payment.state() == PaymentState.SUCCEEDED) {
      return Uni.createFrom().voidItem();
    }
    if (!payment.amount().equals(report.amount())) {
      LOG.errorf("payment %s: the provider speaks of another amount", payment.number());
      throw DomainException.precondition(
          "PAYMENT_MISMATCH", "the provider speaks of another amount than was asked for");
    }
    if (!trade.waits()) {
      payment.succeed(report.transactionId(), false, now);
      String reason = trade.state() == TradeState.PAID ? "订单已由另一笔支付付款" : "订单已取消";
      return refunds.add(Refund.ofStray(payment, reason, now));
    }
    payment.succeed(report.transactionId(), true, now);
    trade.pay(payment.id().value(), now);
    return orders
        .lockOfTrade(trade.id())
        .invoke(all -> all.forEach(order -> order.pay(payment.id().value(), now)))
        .chain(orders::save);
  }

  private Uni<Boolean> cancel(
      Trade trade, List<Payment> existing, List<PaymentId> closed, Cancellation cancellation) {
    List<Payment> open = existing.stream().filter(Payment::isOpen).toList();
    if (!open.stream().map(Payment::id).allMatch(closed::contains)) {
      return Uni.createFrom().item(false);
    }
    Instant now = clock.instant();
    trade.cancel(cancellation.reason(), now);
    open.forEach(payment -> payment.close(now));
    return orders
        .lockOfTrade(trade.id())
        .invoke(all -> all.forEach(order -> cancel(order, cancellation, now)))
        .chain(orders::save)
        .replaceWith(true);
  }

  private static void cancel(Order order, Cancellation cancellation, Instant now) {
    order.cancel(cancellation.reason(), cancellation.by(), now);
  }

  private static DomainException notPayable() {
    return DomainException.precondition(TRADE_NOT_PAYABLE, "the trade does not wait for a payment");
  }
}
