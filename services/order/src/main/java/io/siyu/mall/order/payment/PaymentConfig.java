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
}
