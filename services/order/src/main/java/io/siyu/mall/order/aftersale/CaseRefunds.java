package io.siyu.mall.order.aftersale;

import io.siyu.mall.order.order.LineRefund;
import io.siyu.mall.order.order.Order;
import io.siyu.mall.order.order.OrderConfig;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.Orders;
import io.siyu.mall.order.payment.Refund;
import io.siyu.mall.order.payment.RefundOutcomes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** What a paid refund means for its case and order. */
@ApplicationScoped
public class CaseRefunds implements RefundOutcomes {

  private final Orders orders;
  private final AfterSaleCases cases;
  private final OrderConfig config;
  private final Clock clock;

  CaseRefunds(Orders orders, AfterSaleCases cases, OrderConfig config, Clock clock) {
    this.orders = orders;
    this.cases = cases;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Uni<Void> refunded(Refund refund) {
    return orders
        .lock(new OrderId(refund.orderId()))
        .chain(
            order ->
                cases
                    .get(new CaseId(refund.caseId()))
                    .chain(
                        found -> {
                          apply(order, found, refund, clock.instant());
                          return cases.save(found).chain(() -> orders.save(order));
                        }));
  }

  void apply(Order order, AfterSaleCase of, Refund refund, Instant now) {
    order.finishRefund(
        new LineRefund(
            refund.id().value(),
            of.id().value(),
            of.orderLineId(),
            of.quantity(),
            refund.amount(),
            of.unshippedQuantity(),
            of.restockable()),
        now,
        config.autoReceive());
    of.complete(now);
  }
}
