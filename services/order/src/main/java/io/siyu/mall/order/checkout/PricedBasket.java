package io.siyu.mall.order.checkout;

import io.siyu.mall.platform.money.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All lines with their prices. */
public record PricedBasket(List<PricedLine> lines) {

  /** The lines of each brand, by its code, in the order in which brands first appear. */
  public Map<String, List<PricedLine>> byBrand() {
    Map<String, List<PricedLine>> byBrand = new LinkedHashMap<>();
    lines.forEach(
        line -> byBrand.computeIfAbsent(line.sku().brandCode(), b -> new ArrayList<>()).add(line));
    return byBrand;
  }

  public Money goodsTotal() {
    return Money.sum(lines.stream().map(PricedLine::goods).toList());
  }

  public Money reductionTotal() {
    return Money.sum(lines.stream().map(PricedLine::reduced).toList());
  }

  /** Delivery is included in the prices. */
  public Money freightTotal() {
    return Money.ZERO;
  }

  public Money payable() {
    return goodsTotal().minus(reductionTotal()).plus(freightTotal());
  }

  /** What a price token vouches for: every line with its quantity and amounts. */
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    for (PricedLine line : lines) {
      text.append(line.sku().skuId())
          .append('x')
          .append(line.quantity())
          .append('@')
          .append(line.unitPrice().minor())
          .append('-')
          .append(line.reduced().minor())
          .append(';');
    }
    return text.append("freight=").append(freightTotal().minor()).toString();
  }
}
