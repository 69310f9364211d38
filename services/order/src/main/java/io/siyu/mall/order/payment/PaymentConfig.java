package io.siyu.mall.order.payment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient payments are. */
@ConfigMapping(prefix = "mall.payments")
public interface PaymentConfig {

  /** After which silence the provider is asked about a payment; doubled with each question. */
  @WithDefault("PT30S")
  Duration askAfter();

  /** How long finance has to decide on a refund that the provider will not pay. */
  @WithDefault("P2D")
  Duration decideWithin();

  /**
   * How long after it was last told the provider's "no such refund" is believed: what it has not
   * seen yet may still arrive, as a signature holds for five minutes. Longer than that.
   */
  @WithDefault("PT10M")
  Duration settleAfter();
}
