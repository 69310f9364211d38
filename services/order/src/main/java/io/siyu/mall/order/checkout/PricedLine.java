package io.siyu.mall.order.checkout;

import io.siyu.mall.order.client.CatalogClient.Quote;
import io.siyu.mall.order.order.Reduction;
import io.siyu.mall.platform.money.Money;
import java.util.List;

/** A line with its price and what was taken off it. */
public record PricedLine(Quote sku, long quantity, Money unitPrice, List<Reduction> reductions) {

  /** Unit price × quantity. */
  public Money goods() {
    return unitPrice.times(quantity);
  }

  /** The sum of the reductions. */
  public Money reduced() {
    return Money.sum(reductions.stream().map(Reduction::amount).toList());
  }

  public Money payable() {
    return goods().minus(reduced());
  }
}
