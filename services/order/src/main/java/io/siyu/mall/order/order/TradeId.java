package io.siyu.mall.order.order;

import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** Id of a trade. */
public record TradeId(UUID value) {

  /** A new one. */
  public static TradeId next() {
    return new TradeId(Ids.next());
  }

  /**
   * Reads the field {@code trade_id} of a request.
   *
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT when it is no id
   */
  public static TradeId parse(String text) {
    return new TradeId(Ids.parse("trade_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
