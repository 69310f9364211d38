package io.siyu.mall.cps.order;

import io.siyu.mall.platform.money.Money;

/**
 * The money of an outside order.
 *
 * @param paid by the buyer
 * @param estimated commission after platform fees, as expected
 * @param settled the same as settled; null before
 * @param fee what the platform keeps of the commission, not in the two before
 * @param clawedBack what the platform said it takes back, in all
 */
public record Figures(Money paid, Money estimated, Money settled, Money fee, Money clawedBack) {

  /** What is really taken back: nothing before it was settled, never more than was settled. */
  public Money takenBack() {
    return settled == null ? Money.ZERO : clawedBack.min(settled);
  }

  /** What shares are computed from. */
  public Money base() {
    return settled == null ? estimated : settled;
  }
}
