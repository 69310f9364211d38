package io.siyu.mall.order.aftersale;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siyu.mall.order.order.Actor;
import io.siyu.mall.order.order.Order;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.Orders;
import io.siyu.mall.order.order.PublicNumber;
import io.siyu.mall.order.order.Scope;
import io.siyu.mall.order.payment.PaymentId;
import io.siyu.mall.order.payment.Payments;
import io.siyu.mall.order.payment.Refund;
import io.siyu.mall.order.payment.Refunds;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * What is done to after-sale cases; each method is one transaction that begins with the order's
 * lock.
 */
@ApplicationScoped
public class AfterSaleCommands {

  private final Orders orders;
  private final AfterSaleCases cases;
  private final Payments payments;
  private final Refunds refunds;
  private final CaseRefunds settled;
  private final AfterSaleConfig config;
  private final Clock clock;

  AfterSaleCommands(
      Orders orders,
      AfterSaleCases cases,
      Payments payments,
      Refunds refunds,
      CaseRefunds settled,
      AfterSaleConfig config,
      Clock clock) {
    this.orders = orders;
    this.cases = cases;
    this.payments = payments;
    this.refunds = refunds;
    this.settled = settled;
    this.config = config;
    this.clock = clock;
  }

  /** One step of a case, at an instant. */
  interface Step {
    OrderConsequence take(AfterSaleCase of, Instant now);
  }

  /**
   * Opens a case. One that staff open needs no approval.
   *
   * @return fails as {@link Order#openCase} does, and with EXCHANGE_NOT_OFFERED
   */
  @WithTransaction
  public Uni<CaseId> open(
      OrderId orderId, CaseDraft draft, Scope scope, boolean byStaff, Actor by) {
    if (draft.kind() == AfterSaleKind.EXCHANGE) {
      throw exchangeNotOffered();
    }
    return orders
        .lock(orderId)
        .invoke(scope::check)
        .chain(
            order -> {
              Instant now = clock.instant();
              AfterSaleCase opened = open(order, draft, byStaff, by, now);
              OrderConsequence follow =
                  byStaff
                      ? opened.approve(draft.note(), by, now, config.memberReturn())
                      : OrderConsequence.NOTHING;
              return cases
                  .add(opened)
                  .chain(() -> follow(order, opened, follow, by, now))
                  .replaceWith(opened.id());
            });
  }

  /** Takes one step of a case and does what follows from it. */
  @WithTransaction
  public Uni<Void> step(OrderId orderId, CaseId id, Scope scope, Actor by, Step step) {
    return orders
        .lock(orderId)
        .invoke(scope::check)
        .chain(
            order ->
                cases
                    .get(id)
                    .chain(
                        found -> {
                          Instant now = clock.instant();
                          OrderConsequence follow = step.take(found, now);
                          return follow(order, found, follow, by, now);
                        }));
  }

  static DomainException exchangeNotOffered() {
    return DomainException.precondition(
        "EXCHANGE_NOT_OFFERED", "goods are not exchanged: return them and buy again");
  }

  private AfterSaleCase open(Order order, CaseDraft draft, boolean byStaff, Actor by, Instant now) {
    CaseId id = CaseId.next();
    boolean returning = draft.kind() != AfterSaleKind.REFUND_ONLY;
    Money estimate = order.line(draft.orderLineId()).shareOf(draft.quantity());
    long unshipped =
        order.openCase(
            id.value(), draft.orderLineId(), draft.quantity(), returning, byStaff, by, now);
    return AfterSaleCase.open(
        id,
        PublicNumber.next(now),
        order,
        draft,
        unshipped,
        estimate,
        by,
        now,
        config.sellerAnswer());
  }

  private Uni<Void> follow(
      Order order, AfterSaleCase of, OrderConsequence follow, Actor by, Instant now) {
    return switch (follow) {
      case NOTHING -> save(order, of);
      case LET_GO -> {
        order.letGo(of.orderLineId(), of.unshippedQuantity());
        of.letsGo();
        yield save(order, of);
      }
      case HOLD_BACK -> {
        of.holdsBack(order.holdBackAgain(of.orderLineId(), of.letGoQuantity()));
        yield save(order, of);
      }
      case RELEASE -> {
        order.abandonCase(
            of.id().value(),
            of.orderLineId(),
            of.quantity(),
            of.unshippedQuantity(),
            of.letGoQuantity(),
            by,
            now);
        yield save(order, of);
      }
      case REFUND -> refund(order, of, now);
    };
  }

  private Uni<Void> refund(Order order, AfterSaleCase of, Instant now) {
    return payments
        .get(new PaymentId(order.paymentId()))
        .chain(
            payment -> {
              Money amount = order.beginRefund(of.orderLineId(), of.quantity());
              UUID caseId = of.id().value();
              Refund refund =
                  Refund.ofLine(
                      payment, order, of.orderLineId(), caseId, of.quantity(), amount, "售后退款", now);
              of.refunding(refund.id().value(), amount, now);
              if (amount.isZero()) {
                // A provider takes no order to pay nothing.
                refund.succeed("", now);
                settled.apply(order, of, refund, now);
              }
              return refunds.add(refund).chain(() -> save(order, of));
            });
  }

  private Uni<Void> save(Order order, AfterSaleCase of) {
    return cases.save(of).chain(() -> orders.save(order));
  }
}
