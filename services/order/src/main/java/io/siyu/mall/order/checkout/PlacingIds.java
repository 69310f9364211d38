package io.siyu.mall.order.checkout;

import java.util.UUID;

/**
 * Ids that follow from the request alone: the same request, sent again, is the same trade with the
 * same orders, and so holds the same stock.
 */
public interface PlacingIds {

  /**
   * @param purpose tells several ids of one request apart
   */
  UUID of(String purpose);
}
