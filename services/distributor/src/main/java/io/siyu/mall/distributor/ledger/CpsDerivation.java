package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The one place that says what an outside order's commissions are, given what is known of it:
 * pending when paid, frozen when received or settled, available only once the platform has paid.
 */
public final class CpsDerivation {

  private CpsDerivation() {}

  /**
   * A commission for each level with a beneficiary, also where it comes to nothing: an estimate
   * that was booked may have to be taken back. Ids are new, the date is the payment's.
   */
  public static List<Commission> of(CpsFacts order) {
    CpsFacts.Credit credit = order.credit();
    List<Commission> commissions = new ArrayList<>(2);
    commissions.add(
        commission(order, Level.DIRECT, credit.distributorId(), credit.directBasisPoints()));
    if (credit.uplineId() != null) {
      commissions.add(
          commission(order, Level.UPLINE, credit.uplineId(), credit.uplineBasisPoints()));
    }
    return commissions;
  }

  private static Commission commission(
      CpsFacts order, Level level, UUID beneficiary, int basisPoints) {
    Money earned = new BasisPoints(basisPoints).of(order.base(), RoundingMode.DOWN);
    Money reversed = reversed(order, earned);
    Money rest = earned.minus(reversed);
    Bucket where = where(order);
    return new Commission(
        Commission.newId(),
        Source.CPS,
        order.orderId(),
        order.orderId(),
        level,
        beneficiary,
        order.base(),
        earned,
        reversed,
        where == Bucket.PENDING ? rest : Money.ZERO,
        where == Bucket.FROZEN ? rest : Money.ZERO,
        where == Bucket.AVAILABLE ? rest : Money.ZERO,
        false,
        order.paidAt());
  }

  private static Money reversed(CpsFacts order, Money earned) {
    if (order.state() == CpsFacts.State.INVALID) {
      return earned;
    }
    if (!order.takenBack().isPositive()) {
      return Money.ZERO;
    }
    return order.takenBack().compareTo(order.base()) >= 0
        ? earned
        : earned.portion(order.takenBack().minor(), order.base().minor(), RoundingMode.DOWN);
  }

  private static Bucket where(CpsFacts order) {
    if (order.payable()) {
      return Bucket.AVAILABLE;
    }
    return order.state() == CpsFacts.State.PAID ? Bucket.PENDING : Bucket.FROZEN;
  }
}
