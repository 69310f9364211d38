package io.siyu.mall.order.order;

import io.siyu.mall.platform.money.Money;
import java.util.List;
import java.util.UUID;

/**
 * Everything that is frozen when an order is placed.
 *
 * @param receiver null where nobody is to receive anything
 */
public record OrderDraft(
    OrderId id,
    String orderNo,
    TradeId tradeId,
    UUID memberId,
    UUID brandId,
    String brandCode,
    String brandName,
    List<Line> lines,
    Money freight,
    Receiver receiver,
    String note) {

  /** One line, priced. */
  public record Line(
      UUID id,
      UUID skuId,
      UUID productId,
      String title,
      String specText,
      String coverUrl,
      long quantity,
      Money unitPrice,
      List<Reduction> reductions,
      int afterSaleDays,
      AttributionSnapshot attribution) {

    /** Unit price × quantity − reductions. */
    public Money payable() {
      return unitPrice.times(quantity).minus(Money.sum(amounts()));
    }

    private List<Money> amounts() {
      return reductions.stream().map(Reduction::amount).toList();
    }
  }
}
