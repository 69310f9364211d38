package io.siyu.mall.order.order;

import io.smallrye.mutiny.Uni;

/**
 * Where trades are kept. All of it happens in the transaction that is open. New ones come by {@link
 * PlacedRows}.
 */
public interface Trades {

  String TRADE_NOT_FOUND = "TRADE_NOT_FOUND";

  /**
   * The trade, locked until the transaction ends. Whoever locks a trade and its orders locks the
   * trade first.
   *
   * @return fails with NOT_FOUND, TRADE_NOT_FOUND
   */
  Uni<Trade> lock(TradeId id);
}
