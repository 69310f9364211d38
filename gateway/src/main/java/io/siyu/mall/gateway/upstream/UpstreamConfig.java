package io.siyu.mall.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the services may take. */
@ConfigMapping(prefix = "mall.gateway.upstream")
public interface UpstreamConfig {

  /** Reads. */
  @WithDefault("PT2S")
  Duration readDeadline();

  /** Changes. */
  @WithDefault("PT5S")
  Duration writeDeadline();

  /** Uploads and checks over all data. */
  @WithDefault("PT5M")
  Duration bulkDeadline();
}
