package io.siyu.mall.order.order;

import static io.siyu.mall.order.order.OrderState.COMPLETED;
import static io.siyu.mall.order.order.OrderState.PAID;
import static io.siyu.mall.order.order.OrderState.PARTIALLY_SHIPPED;
import static io.siyu.mall.order.order.OrderState.RECEIVED;
import static io.siyu.mall.order.order.OrderState.SHIPPED;

import io.siyu.mall.platform.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** When an after-sale case may claim units of a line. */
final class ClaimRules {

  private static final Set<OrderState> BY_MEMBER =
      EnumSet.of(PAID, PARTIALLY_SHIPPED, SHIPPED, RECEIVED);
  private static final Set<OrderState> BY_STAFF =
      EnumSet.of(PAID, PARTIALLY_SHIPPED, SHIPPED, RECEIVED, COMPLETED);

  private ClaimRules() {}

  static void check(
      Order order, OrderLine line, long units, boolean returning, boolean byStaff, Instant now) {
    if (units <= 0) {
      throw DomainException.invalid("quantity", "must be positive, not " + units);
    }
    if (!(byStaff ? BY_STAFF : BY_MEMBER).contains(order.state())) {
      throw DomainException.precondition(
              "AFTER_SALE_NOT_POSSIBLE", "an order that is " + order.state() + " has no after-sale")
          .with("state", order.state());
    }
    Instant received = order.times().receivedAt();
    if (received != null
        && !byStaff
        && now.isAfter(received.plus(Duration.ofDays(line.afterSaleDays())))) {
      throw DomainException.precondition(
              "AFTER_SALE_WINDOW_OVER",
              "the goods could be returned until " + line.afterSaleDays() + " days after receipt")
          .with("days", line.afterSaleDays());
    }
    if (returning && units > line.returnable()) {
      throw DomainException.precondition(
          "NOT_SHIPPED_YET",
          "only " + line.returnable() + " shipped units can come back; ask for a refund only");
    }
  }
}
