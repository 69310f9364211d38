package io.siyu.mall.order.payment;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.order.order.Actor;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.Orders;
import io.siyu.mall.order.payment.PaymentLookup.Batch;
import io.siyu.mall.order.payment.PaymentProvider.RefundOrder;
import io.siyu.mall.order.payment.PaymentProvider.RefundReport;
import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What becomes of refunds; each method is one transaction that begins with the locks of the orders
 * of a batch. Whatever happens to a batch happens to each of its refunds.
 */
@ApplicationScoped
public class RefundCommands {

  private static final Logger LOG = Logger.getLogger(RefundCommands.class);

  private final Orders orders;
  private final Payments payments;
  private final Refunds refunds;
  private final RefundOutcomes outcomes;
  private final PaymentConfig config;
  private final Clock clock;

  RefundCommands(
      Orders orders,
      Payments payments,
      Refunds refunds,
      RefundOutcomes outcomes,
      PaymentConfig config,
      Clock clock) {
    this.orders = orders;
    this.payments = payments;
    this.refunds = refunds;
    this.outcomes = outcomes;
    this.config = config;
    this.clock = clock;
  }

  /** What is to be asked of the provider next. */
  record Step(RefundPlan.Next next, RefundOrder order) {}

  /** Plans within the provider's limits; begins with the trade's lock, its payment's. */
  @WithTransaction
  Uni<Step> plan(Batch batch, RefundId id) {
    return refunds
        .lockOf(batch.trade(), batch.payment())
        .chain(
            all ->
                payments
                    .get(batch.payment())
                    .map(
                        payment -> {
                          Refund wanted =
                              all.stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
                          RefundPlan plan = new RefundPlan(payment, all, config);
                          return new Step(plan.next(wanted, clock.instant()), order(wanted));
                        }));
  }

  /** Takes what the provider said. A repeat changes nothing; a payment is never taken back. */
  @WithTransaction
  public Uni<Void> take(Batch batch, RefundReport report) {
    return locked(batch).chain(all -> inTurn(all, refund -> take(refund, report)));
  }

  /** The provider did not do what it was asked for. */
  @WithTransaction
  public Uni<Void> unanswered(Batch batch, ProviderException failure) {
    return locked(batch)
        .invoke(all -> all.forEach(refund -> unanswered(refund, failure)))
        .replaceWithVoid();
  }

  /** Staff want it sent again now; see {@link Refund#retry}. */
  @WithTransaction
  public Uni<Void> retry(Batch batch, UUID decision, String note, Actor by) {
    return decide(
        batch,
        (first, now) ->
            new RefundDecision(decision, first, RefundDecision.Kind.RETRIED, "", note, by, now),
        decision,
        Refund::retry);
  }

  /**
   * Staff redirect money that the provider could not pay; see {@link Refund#redirect}. Answers
   * false, and does nothing, when that was noted already.
   */
  @WithTransaction
  public Uni<Boolean> redirect(
      Batch batch, UUID decision, boolean merchant, String reference, String note, Actor by) {
    RefundDecision.Kind kind =
        merchant ? RefundDecision.Kind.RETURNED_TO_MERCHANT : RefundDecision.Kind.SENT_TO_BANK_CARD;
    return locked(batch)
        .chain(
            all -> {
              Instant now = clock.instant();
              return refunds
                  .add(
                      new RefundDecision(decision, all.get(0), kind, reference, note, by, now),
                      decision)
                  .invoke(
                      fresh -> {
                        if (fresh) {
                          all.forEach(refund -> refund.redirect(merchant, now));
                        }
                      });
            });
  }

  /**
   * Finance has paid a batch another way. The caller has asked the provider before.
   *
   * @return fails as {@link Refund#payOtherwise} does; with INVALID_ARGUMENT when the amount is not
   *     exactly what was to be paid
   */
  @WithTransaction
  public Uni<Void> payOtherwise(Batch batch, UUID decision, RefundEvidence evidence, Actor by) {
    return decide(
            batch,
            (first, now) ->
                new RefundDecision(
                    decision,
                    first,
                    RefundDecision.Kind.PAID_OTHERWISE,
                    evidence.reference(),
                    evidence.note(),
                    by,
                    now),
            decision,
            (refund, now) -> {
              evidence.check(refund);
              refund.payOtherwise(now);
            })
        .chain(() -> locked(batch))
        .chain(all -> inTurn(all, this::outcome));
  }

  private Uni<Void> decide(
      Batch batch,
      java.util.function.BiFunction<Refund, Instant, RefundDecision> decision,
      UUID id,
      BiConsumer<Refund, Instant> effect) {
    return locked(batch)
        .chain(
            all -> {
              Instant now = clock.instant();
              all.forEach(refund -> effect.accept(refund, now));
              return refunds.add(decision.apply(all.get(0), now), id);
            })
        .replaceWithVoid();
  }

  private Uni<List<Refund>> locked(Batch batch) {
    Uni<Void> locks = Uni.createFrom().voidItem();
    for (OrderId order : batch.orders()) {
      locks = locks.chain(() -> orders.lock(order)).replaceWithVoid();
    }
    return locks.chain(() -> refunds.lock(batch.refunds()));
  }

  private static Uni<Void> inTurn(List<Refund> all, Function<Refund, Uni<Void>> work) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Refund refund : all) {
      done = done.chain(() -> work.apply(refund));
    }
    return done;
  }

  private Uni<Void> take(Refund refund, RefundReport report) {
    if (refund.state() == RefundState.PAID_OTHERWISE) {
      if (report.status() == PaymentProvider.RefundStatus.SUCCEEDED && !refund.toMerchant()) {
        LOG.errorf("refund %s was paid by the provider, and another way before", refund.id());
        refund.paidTwice();
      }
      return Uni.createFrom().voidItem();
    }
    return refund.state() == RefundState.SUCCEEDED
        ? Uni.createFrom().voidItem()
        : apply(refund, report);
  }

  private Uni<Void> apply(Refund refund, RefundReport report) {
    Instant now = clock.instant();
    switch (report.status()) {
      case SUCCEEDED -> {
        if (report.amount() != null && !report.amount().equals(refund.sentAmount())) {
          throw DomainException.precondition(
              "REFUND_MISMATCH", "the provider speaks of another amount than was asked for");
        }
        if (refund.toMerchant()) {
          refund.stick(Refund.RETURNED_TO_MERCHANT, now, config.decideWithin());
          return Uni.createFrom().voidItem();
        }
        refund.succeed(report.providerRefundId(), now);
        return outcome(refund);
      }
      case PROCESSING -> refund.submitted(report.providerRefundId(), now);
      case ABNORMAL -> {
        if (refund.state() != RefundState.STUCK) {
          refund.submitted(report.providerRefundId(), now);
        }
        refund.stick(Refund.ABNORMAL, now, config.decideWithin());
      }
      case CLOSED -> refund.fail("CLOSED", now, config.decideWithin());
      case UNKNOWN -> refund.fail("NOT_KNOWN_TO_PROVIDER", now, config.decideWithin());
    }
    return Uni.createFrom().voidItem();
  }

  private void unanswered(Refund refund, ProviderException failure) {
    Instant now = clock.instant();
    boolean asked = refund.state() == RefundState.SUBMITTED || refund.state() == RefundState.STUCK;
    if (refund.state().paid()) {
      return;
    }
    if (!failure.definite() || asked) {
      refund.unanswered(failure.code(), now);
    } else if (failure.forGood()) {
      refund.stick(failure.code(), now, config.decideWithin());
    } else {
      refund.fail(failure.code(), now, config.decideWithin());
    }
  }

  private Uni<Void> outcome(Refund refund) {
    return refund.caseId() == null ? Uni.createFrom().voidItem() : outcomes.refunded(refund);
  }

  private static RefundOrder order(Refund first) {
    return new RefundOrder(
        first.number(),
        PaymentNumbers.of(first.paymentId()),
        first.sentAmount(),
        first.paymentAmount(),
        first.reason());
  }
}
