package io.siyu.mall.platform.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are delivered. */
@ConfigMapping(prefix = "mall.outbox")
public interface OutboxConfig {

  /** False: this process writes events and leaves the delivery to another one. */
  @WithDefault("true")
  boolean enabled();

  /** Events in one delivery, at most. */
  @WithDefault("100")
  int batchSize();

  /** Refusals by the subscriber after which an event is parked. */
  @WithDefault("20")
  int maxAttempts();

  /** After this time a claim that was not settled counts as abandoned. Longer than a delivery. */
  @WithDefault("PT15S")
  Duration lease();

  /** How long a delivery may take. */
  @WithDefault("PT10S")
  Duration deliveryTimeout();

  /** How long a statement of the relay may take before its line goes on without the answer. */
  @WithDefault("PT15S")
  Duration longestStep();
}
