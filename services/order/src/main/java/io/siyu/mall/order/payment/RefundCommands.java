package io.siyu.mall.order.payment;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.Orders;
import io.siyu.mall.order.payment.PaymentProvider.RefundReport;
import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** What becomes of refunds; each method is one transaction that begins with the order's lock. */
@ApplicationScoped
public class RefundCommands {

  private final Orders orders;
  private final Refunds refunds;
  private final RefundOutcomes outcomes;
  private final Clock clock;

  RefundCommands(Orders orders, Refunds refunds, RefundOutcomes outcomes, Clock clock) {
    this.orders = orders;
    this.refunds = refunds;
    this.outcomes = outcomes;
    this.clock = clock;
  }

  /** Takes what the provider said. A repeat changes nothing; a success is never taken back. */
  @WithTransaction
  public Uni<Void> take(Optional<OrderId> order, RefundId id, RefundReport report) {
    return locked(order, id)
        .chain(
            refund -> {
              if (refund.state() == RefundState.SUCCEEDED) {
                return Uni.createFrom().voidItem();
              }
              return apply(refund, report);
            });
  }

  /** The provider did not answer. */
  @WithTransaction
  public Uni<Void> unanswered(Optional<OrderId> order, RefundId id, ProviderException failure) {
    return locked(order, id)
        .invoke(
            refund -> {
              if (refund.state() == RefundState.SUCCEEDED) {
                return;
              }
              if (failure.definite() && refund.state() != RefundState.SUBMITTED) {
                refund.fail(failure.code(), clock.instant());
              } else {
                refund.unanswered(failure.code(), clock.instant());
              }
            })
        .replaceWithVoid();
  }

  /** Staff want a failed refund sent again; see {@link Refund#retry}. */
  @WithTransaction
  public Uni<Void> retry(RefundId id) {
    return refunds.lock(id).invoke(refund -> refund.retry(clock.instant())).replaceWithVoid();
  }

  private Uni<Refund> locked(Optional<OrderId> order, RefundId id) {
    return order
        .map(o -> orders.lock(o).chain(() -> refunds.lock(id)))
        .orElseGet(() -> refunds.lock(id));
  }

  private Uni<Void> apply(Refund refund, RefundReport report) {
    switch (report.status()) {
      case SUCCEEDED -> {
        if (report.amount() != null && !report.amount().equals(refund.amount())) {
          throw DomainException.precondition(
              "REFUND_MISMATCH", "the provider speaks of another amount than was asked for");
        }
        refund.succeed(report.providerRefundId(), clock.instant());
        if (refund.caseId() != null) {
          return outcomes.refunded(refund);
        }
      }
      case PROCESSING -> refund.submitted(report.providerRefundId(), clock.instant());
      case FAILED -> refund.fail(report.failure(), clock.instant());
      case UNKNOWN -> refund.fail("NOT_KNOWN_TO_PROVIDER", clock.instant());
    }
    return Uni.createFrom().voidItem();
  }
}
