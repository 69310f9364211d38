package io.siyu.mall.order.order;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient orders are. */
@ConfigMapping(prefix = "mall.order")
public interface OrderConfig {

  /** How long a trade waits for its payment. */
  @WithDefault("PT30M")
  Duration paymentTimeout();

  /** How long stock is held for an order that is being placed. */
  @WithDefault("PT15M")
  Duration stockHold();

  /** How long the prices of a preview can be insisted on. */
  @WithDefault("PT15M")
  Duration priceTokenLife();

  /** How long after the last parcel an order counts as received. */
  @WithDefault("P15D")
  Duration autoReceive();
}
