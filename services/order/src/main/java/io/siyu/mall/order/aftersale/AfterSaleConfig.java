package io.siyu.mall.order.aftersale;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long each side has, before something happens by itself. */
@ConfigMapping(prefix = "mall.after-sale")
public interface AfterSaleConfig {

  /** The seller answers; silence approves. */
  @WithDefault("P2D")
  Duration sellerAnswer();

  /** The member sends the goods back; otherwise the case closes. */
  @WithDefault("P7D")
  Duration memberReturn();

  /** The seller takes the goods in; silence accepts them. */
  @WithDefault("P10D")
  Duration returnCheck();

  /** The member calls the platform after a refusal; otherwise the case closes. */
  @WithDefault("P7D")
  Duration escalation();

  /** The platform decides; a promise to the member, nothing happens by itself. */
  @WithDefault("P7D")
  Duration arbitration();
}
