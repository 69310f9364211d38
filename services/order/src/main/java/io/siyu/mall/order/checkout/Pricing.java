package io.siyu.mall.order.checkout;

import io.siyu.mall.order.client.CatalogClient.Quote;
import io.siyu.mall.order.payment.Provider;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what each line costs. The order is fixed: unit price, then line promotions, full
 * reductions, coupons, points, freight; today the first is all there is.
 */
public final class Pricing {

  private Pricing() {}

  /**
   * @param quotes one per SKU of the basket, in its order
   * @throws DomainException FAILED_PRECONDITION: SKU_NOT_SELLABLE names the SKUs; NOTHING_TO_PAY;
   *     TRADE_TOO_LARGE when no provider takes so much at once
   */
  public static PricedBasket price(Basket basket, List<Quote> quotes) {
    List<String> notSellable = new ArrayList<>();
    List<PricedLine> lines = new ArrayList<>();
    for (Quote quote : quotes) {
      if (!quote.sellable()) {
        notSellable.add(quote.skuId().toString());
      } else {
        lines.add(
            new PricedLine(
                quote, basket.quantities().get(quote.skuId()), quote.price(), List.of()));
      }
    }
    if (!notSellable.isEmpty()) {
      throw DomainException.precondition(
              "SKU_NOT_SELLABLE", "not for sale: " + String.join(", ", notSellable))
          .with("sku_ids", String.join(",", notSellable))
          .with("reason", reasonOf(quotes));
    }
    PricedBasket priced = new PricedBasket(List.copyOf(lines));
    Money payable = payable(priced);
    if (!payable.isPositive()) {
      throw DomainException.precondition("NOTHING_TO_PAY", "a checkout must cost something");
    }
    if (payable.compareTo(Provider.largestOfAll()) > 0) {
      throw tooLarge();
    }
    return priced;
  }

  /** A sum that does not even fit in a number is too large all the more. */
  private static Money payable(PricedBasket priced) {
    try {
      return priced.payable();
    } catch (ArithmeticException overflow) {
      throw tooLarge();
    }
  }

  private static DomainException tooLarge() {
    return DomainException.precondition(
            "TRADE_TOO_LARGE", "at most " + Provider.largestOfAll() + " can be paid at once")
        .with("limit_fen", Provider.largestOfAll().minor());
  }

  private static String reasonOf(List<Quote> quotes) {
    return quotes.stream()
        .filter(quote -> !quote.sellable())
        .map(Quote::notSellableReason)
        .findFirst()
        .orElse("");
  }
}
