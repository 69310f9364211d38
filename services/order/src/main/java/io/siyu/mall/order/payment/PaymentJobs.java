package io.siyu.mall.order.payment;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.order.order.DueRows;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What happens to payments and refunds when no message comes. */
@ApplicationScoped
public class PaymentJobs {

  private final Jobs jobs;
  private final DueRows due;
  private final SettlePayment payments;
  private final SettleRefund refunds;

  PaymentJobs(Jobs jobs, DueRows due, SettlePayment payments, SettleRefund refunds) {
    this.jobs = jobs;
    this.due = due;
    this.payments = payments;
    this.refunds = refunds;
  }

  /** Cancels trades that nobody paid in time. */
  @Scheduled(every = "{mall.jobs.every}", concurrentExecution = SKIP)
  public Uni<Void> timeOutTrades() {
    return jobs.run(
        "trade-timeout",
        DueRows.LONGEST_ROUND,
        () ->
            due.lease(
                "trade",
                "state = 'PENDING_PAYMENT'",
                id ->
                    payments
                        .cancel(new TradeId(id), Cancellation.TIMEOUT)
                        .onFailure(f -> RemoteErrors.hasReason(f, "TRADE_ALREADY_PAID"))
                        .recoverWithNull()));
  }

  /** Asks about payments of which nothing was heard; closes those whose trade no longer waits. */
  @Scheduled(every = "{mall.jobs.every}", concurrentExecution = SKIP)
  public Uni<Void> askPayments() {
    return jobs.run(
        "ask-payments",
        DueRows.LONGEST_ROUND,
        () ->
            due.lease(
                "payment",
                "state IN ('CREATED', 'PREPAID')",
                id -> payments.ask(new PaymentId(id))));
  }

  /** Sends refunds, asks about those that were sent, sends failed ones again. */
  @Scheduled(every = "{mall.jobs.every}", concurrentExecution = SKIP)
  public Uni<Void> settleRefunds() {
    return jobs.run(
        "settle-refunds",
        DueRows.LONGEST_ROUND,
        () ->
            due.lease(
                "refund",
                "state NOT IN ('SUCCEEDED', 'PAID_OTHERWISE')",
                id -> refunds.advance(new RefundId(id))));
  }
}
