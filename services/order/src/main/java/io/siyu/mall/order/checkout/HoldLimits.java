package io.siyu.mall.order.checkout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How much stock a member may keep from others without paying. What is paid is never limited: pay,
 * and go on.
 */
@ConfigMapping(prefix = "mall.order.limits")
public interface HoldLimits {

  /** So many trades of a member may wait for their payment at once. */
  @WithDefault("5")
  int unpaidTrades();

  /** So many pieces of one SKU a member may always hold unpaid, however few there are. */
  @WithDefault("20")
  long pieces();

  /** Of more pieces, this share, in percent, of what is for sale and not held by others. */
  @WithDefault("25")
  int sharePercent();

  /** With fewer pieces than these left for others, or more than the share taken, it is scarce. */
  @WithDefault("10")
  long scarceBelow();

  /** How long a trade with scarce goods waits for its payment. */
  @WithDefault("PT10M")
  Duration scarcePaymentTimeout();

  /** So many trades may end unpaid, beyond those that were paid, before the member has to wait. */
  @WithDefault("3")
  int forgivenEndings();

  /** A trade that the member cancels sooner than this is no unpaid ending. */
  @WithDefault("PT5M")
  Duration quickCancel();

  /** How long the wait is at first; it doubles with every unpaid ending. */
  @WithDefault("PT15M")
  Duration pause();

  /** The longest wait. */
  @WithDefault("P1D")
  Duration longestPause();

  /** How long an ending is remembered. */
  @WithDefault("P1D")
  Duration memory();

  /** So many of the member's last trades are looked at; more than unpaidTrades. */
  @WithDefault("40")
  int lastTrades();
}
