package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.text.Bounds;

/**
 * What a SKU costs.
 *
 * @param list the struck-through price, at least {@code price}
 * @param price what is paid before any reduction
 */
public record Prices(Money list, Money price) {

  /** No SKU costs more: a million yuan. */
  public static final Money MAX = Money.fen(Bounds.PRICE_FEN);

  /** Reports prices that cannot be, under the fields' names with the prefix. */
  public Validation validate(String prefix, Validation validation) {
    return validation
        .require(price.isPositive(), prefix + "price", "must be more than 0")
        .require(list.compareTo(price) >= 0, prefix + "list_price", "must be at least the price")
        .require(list.compareTo(MAX) <= 0, prefix + "list_price", "must be at most " + MAX);
  }
}
