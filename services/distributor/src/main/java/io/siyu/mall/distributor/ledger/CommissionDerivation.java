package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.attribution.Attribution;
import io.siyu.mall.distributor.rule.RuleTerms;
import io.siyu.mall.platform.money.Money;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The one place that says what an order's commissions are, given what is known of the order. A pure
 * function: the same facts give the same commissions, however they came to be known.
 */
public final class CommissionDerivation {

  private CommissionDerivation() {}

  /** The commissions of an order; none before it is paid. Ids are new, dates are the payment's. */
  public static List<Commission> of(OrderFacts order) {
    List<Commission> commissions = new ArrayList<>();
    if (order.header() == null) {
      return commissions;
    }
    order.lines().values().stream()
        .filter(line -> line.sale() != null && line.sale().attribution().earns())
        .sorted(Comparator.comparing(LineFacts::lineId))
        .forEach(line -> addLine(commissions, order, line));
    return commissions;
  }

  /**
   * What is taken back for a refund: the commission's share of the refunded base, rounded down, and
   * all of it once every unit or the whole base was refunded, so that the parts add up to the
   * whole.
   */
  static Money reversed(Money earned, LineFacts line) {
    LineFacts.Sale sale = line.sale();
    boolean whole =
        line.refundedQuantity() >= sale.quantity() || line.refunded().compareTo(sale.base()) >= 0;
    return whole
        ? earned
        : earned.portion(line.refunded().minor(), sale.base().minor(), RoundingMode.DOWN);
  }

  private static void addLine(List<Commission> to, OrderFacts order, LineFacts line) {
    Attribution attribution = line.sale().attribution();
    RuleTerms.Earnings earnings =
        attribution
            .terms()
            .earnings(line.sale().base(), line.sale().quantity(), attribution.uplineId() != null);
    add(to, order, line, Level.DIRECT, attribution.distributorId(), earnings.direct());
    add(to, order, line, Level.UPLINE, attribution.uplineId(), earnings.upline());
  }

  private static void add(
      List<Commission> to,
      OrderFacts order,
      LineFacts line,
      Level level,
      UUID beneficiary,
      Money earned) {
    if (!earned.isPositive()) {
      return;
    }
    Money reversed = reversed(earned, line);
    Money rest = earned.minus(reversed);
    boolean paused = order.paused(line.lineId());
    Bucket where = where(order, paused);
    to.add(
        new Commission(
            Commission.newId(),
            Source.OWN,
            order.orderId(),
            line.lineId(),
            level,
            beneficiary,
            line.sale().base(),
            earned,
            reversed,
            where == Bucket.PENDING ? rest : Money.ZERO,
            where == Bucket.FROZEN ? rest : Money.ZERO,
            where == Bucket.AVAILABLE ? rest : Money.ZERO,
            paused,
            paidAt(order)));
  }

  private static Bucket where(OrderFacts order, boolean paused) {
    if (order.completedAt() != null && !paused) {
      return Bucket.AVAILABLE;
    }
    // A completed order was received, even if that event is still on its way.
    return order.receivedAt() != null || order.completedAt() != null
        ? Bucket.FROZEN
        : Bucket.PENDING;
  }

  private static Instant paidAt(OrderFacts order) {
    return order.header().paidAt();
  }
}
